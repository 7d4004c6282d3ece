terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "name" {}

resource "aws_lambda_function" "fail_none" {
  function_name = "fail_none"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_other_group" {
  function_name = "fail_other_group"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  logging_config {
    log_format = "JSON"
    log_group  = "/fail_other_group"
  }
}

resource "aws_lambda_function" "pass_declared" {
  function_name = "pass_declared"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "pass_by_reference" {
  function_name = "pass_by_reference"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "pass_own_group" {
  function_name = "pass_own_group"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.own.name
  }
}

resource "aws_lambda_function" "unknown_name" {
  function_name = terraform_data.name.id
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_cloudwatch_log_group" "declared" {
  name = "/aws/lambda/pass_declared"
}

# Not where the function writes to.
resource "aws_cloudwatch_log_group" "other" {
  name = "/aws/lambda/fail_other_group"
}

resource "aws_cloudwatch_log_group" "own" {
  name = "/own/${terraform_data.name.id}"
}

resource "aws_cloudwatch_log_group" "by_reference" {
  name = "/aws/lambda/${aws_lambda_function.pass_by_reference.function_name}"
}

resource "aws_cloudwatch_log_group" "random" {
  name = "/aws/lambda/${aws_lambda_function.pass_random_name.function_name}"
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = false
    pass_module = true
  }
  name    = each.key
  has_log = each.value
}
resource "aws_lambda_function" "pass_random_name" {
  function_name = "random-${terraform_data.name.id}"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

