terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "fail_event_target" {
  function_name = "fail_event_target"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_left_out" {
  function_name = "fail_left_out"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_empty" {
  function_name = "fail_empty"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  dead_letter_config {
    target_arn = ""
  }
}

resource "aws_lambda_function" "pass_queue" {
  function_name = "pass_queue"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_function" "pass_destination" {
  function_name = "pass_destination"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_alias" {
  function_name = "fail_alias"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_permission" {
  function_name = "fail_permission"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_no_destination" {
  function_name = "fail_no_destination"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "unknown_first" {
  function_name = "unknown_first"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "unknown_second" {
  function_name = "unknown_second"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "na_synchronous" {
  function_name = "na_synchronous"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_cloudwatch_event_target" "fail_event_target" {
  rule = "nightly"
  arn  = aws_lambda_function.fail_event_target.arn
}

resource "aws_sns_topic_subscription" "fail_left_out" {
  topic_arn = "arn:aws:sns:us-east-1:123456789012:jobs"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.fail_left_out.arn
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "uploads"
  lambda_function {
    lambda_function_arn = aws_lambda_function.fail_empty.arn
    events              = ["s3:ObjectCreated:*"]
  }
  lambda_function {
    lambda_function_arn = aws_lambda_function.pass_queue.arn
    events              = ["s3:ObjectRemoved:*"]
  }
}

resource "aws_lambda_function_event_invoke_config" "pass_destination" {
  function_name = aws_lambda_function.pass_destination.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.fail_alias.function_name
  function_version = "1"
}

resource "aws_cloudwatch_log_subscription_filter" "fail_alias" {
  name            = "errors"
  log_group_name  = "/app"
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_alias.live.arn
}

resource "aws_lambda_permission" "fail_permission" {
  action        = "lambda:InvokeFunction"
  function_name = "fail_permission"
  principal     = "sns.amazonaws.com"
}

resource "aws_lambda_function_event_invoke_config" "fail_no_destination" {
  function_name          = aws_lambda_function.fail_no_destination.function_name
  maximum_retry_attempts = 0
}

# Which of the two it is, is said by an expression over both.
resource "aws_scheduler_schedule" "unknown" {
  for_each            = { first = aws_lambda_function.unknown_first, second = aws_lambda_function.unknown_second }
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = each.value.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
  }
}

# Its caller waits, and hears of the failure.
resource "aws_lambda_permission" "na_synchronous" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.na_synchronous.function_name
  principal     = "apigateway.amazonaws.com"
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = null
    pass_module = aws_sqs_queue.failed.arn
  }
  name  = each.key
  queue = each.value
}

resource "aws_cloudwatch_event_target" "module" {
  for_each = module.function
  rule     = "nightly"
  arn      = each.value.arn
}
