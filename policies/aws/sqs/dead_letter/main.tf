provider "aws" {
  region = "us-east-1"
}

resource "aws_sqs_queue" "fail_left_out" {
  name = "left-out"
}

resource "aws_sqs_queue" "pass_inline" {
  name = "inline"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.na_of_queues.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "pass_separate" {
  name = "separate"
}

resource "aws_sqs_queue_redrive_policy" "separate" {
  queue_url = aws_sqs_queue.pass_separate.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.na_of_policies.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "pass_literal" {
  name = "literal"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:us-east-1:123456789012:named"
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "na_of_queues" {
  name = "of-queues"
}

resource "aws_sqs_queue" "na_of_policies" {
  name = "of-policies"
}

resource "aws_sqs_queue" "na_named" {
  name = "named"
}

resource "aws_sqs_queue" "na_of_function" {
  name = "of-function"
}

resource "aws_lambda_function" "main" {
  function_name = "main"
  filename      = "main.zip"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  role          = "arn:aws:iam::123456789012:role/main"
  dead_letter_config {
    target_arn = aws_sqs_queue.na_of_function.arn
  }
}

resource "aws_sqs_queue" "na_of_target" {
  name = "of-target"
}

# a queue that receives events is no dead-letter queue
resource "aws_cloudwatch_event_target" "main" {
  rule = "nightly"
  arn  = aws_sqs_queue.fail_left_out.arn
  dead_letter_config {
    arn = aws_sqs_queue.na_of_target.arn
  }
}

resource "aws_sqs_queue" "na_of_subscription" {
  name = "of-subscription"
}

resource "aws_sns_topic_subscription" "main" {
  topic_arn      = "arn:aws:sns:us-east-1:123456789012:alerts"
  protocol       = "sqs"
  endpoint       = aws_sqs_queue.fail_left_out.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.na_of_subscription.arn })
}

resource "terraform_data" "policy" {
  input = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:us-east-1:123456789012:elsewhere", maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "unknown_policy" {
  name           = "unknown"
  redrive_policy = terraform_data.policy.output
}

module "queues" {
  source            = "./module"
  for_each          = { pass_with = true, fail_without = false }
  name              = each.key
  redrive           = each.value
  dead_letter_queue = aws_sqs_queue.na_of_queues.arn
}
