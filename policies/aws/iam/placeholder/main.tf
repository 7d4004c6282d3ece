provider "aws" {
  region = "us-east-1"
}

locals {
  write = { Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::logs/*" }
}

resource "aws_s3_bucket_policy" "fail_word" {
  bucket = "logs"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.write, { Principal = { AWS = "arn:aws:iam::elb-account-id:root" } })]
  })
}

resource "aws_s3_bucket_policy" "fail_zeros" {
  bucket = "logs"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.write, { Principal = { AWS = "000000000000" } })]
  })
}

resource "aws_s3_bucket_policy" "fail_condition" {
  bucket = "logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.write, {
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "ACCOUNT_ID" } }
    })]
  })
}

resource "aws_s3_bucket_policy" "pass_example" {
  bucket = "logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.write, {
      Principal = { AWS = ["123456789012", "arn:aws:iam::127311923021:root"] }
    })]
  })
}

resource "aws_iam_policy" "fail_resource" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.write, { Resource = "arn:aws:s3:::<bucket>/*" })]
  })
}

resource "aws_iam_policy" "pass_variable" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.write, { Resource = "arn:aws:s3:*:$${aws:PrincipalAccount}:accesspoint/*" })]
  })
}

resource "aws_sqs_queue" "na_queue" {
  name = "queue"
}

resource "aws_sqs_queue_policy" "unknown_function" {
  queue_url = aws_sqs_queue.na_queue.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.write, {
      Principal = { AWS = "arn:aws:iam::ACCOUNT_ID:root" }
      Resource  = aws_sqs_queue.na_queue.arn
    })]
  })
}

# known in part, and the known part is enough
data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.na_queue.arn]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::ACCOUNT_ID:root"]
    }
  }
}

resource "aws_sqs_queue_policy" "fail_document" {
  queue_url = aws_sqs_queue.na_queue.id
  policy    = data.aws_iam_policy_document.queue.json
}

resource "aws_iam_role_policy_attachment" "pass_managed" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_cloudwatch_event_target" "fail_arn" {
  rule = "nightly"
  arn  = "arn:aws:sns:us-east-1:000000000000:alerts"
}

resource "aws_ecs_task_definition" "fail_json" {
  family = "app"
  container_definitions = jsonencode([{
    name    = "app"
    image   = "app:1"
    secrets = [{ name = "TOKEN", valueFrom = "arn:aws:secretsmanager:us-east-1:ACCOUNT_ID:secret:token" }]
  }])
}

resource "aws_guardduty_member" "fail_account" {
  account_id  = "000000000000"
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  email       = "security@example.com"
}

resource "aws_vpc" "na_vpc" {
  cidr_block = "10.0.0.0/16"
}

module "policy" {
  source   = "./module"
  for_each = { pass_account = "123456789012", fail_account = "<account>" }
  account  = each.value
}
