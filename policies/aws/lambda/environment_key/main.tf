terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_lambda_function" "fail_no_key" {
  function_name = "fail_no_key"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { STAGE = "prod" }
  }
}

resource "aws_lambda_function" "fail_empty" {
  function_name = "fail_empty"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  kms_key_arn   = ""
  environment {
    variables = { STAGE = "prod" }
  }
}

# One variable that apply tells leaves all of them unknown.
resource "aws_lambda_function" "fail_variables_unknown" {
  function_name = "fail_variables_unknown"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { STAGE = "prod", QUEUE = aws_sqs_queue.jobs.url }
  }
}

resource "aws_lambda_function" "pass_key" {
  function_name = "pass_key"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  kms_key_arn   = aws_kms_key.main.arn
  environment {
    variables = { STAGE = "prod", QUEUE = aws_sqs_queue.jobs.url }
  }
}

resource "aws_lambda_function" "pass_known_key" {
  function_name = "pass_known_key"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  environment {
    variables = { STAGE = "prod" }
  }
}

resource "aws_lambda_function" "na_no_environment" {
  function_name = "na_no_environment"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "na_no_variables" {
  function_name = "na_no_variables"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = {}
  }
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = null
    pass_module = aws_kms_key.main.arn
  }
  name = each.key
  key  = each.value
}
