terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_lambda_function" "fail_nodejs14" {
  function_name = "fail_nodejs14"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "nodejs14.x"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_python37" {
  function_name = "fail_python37"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "python3.7"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_oldest" {
  function_name = "fail_oldest"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "nodejs"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_java8" {
  function_name = "fail_java8"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "java8"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_dotnet" {
  function_name = "fail_dotnet"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "dotnetcore3.1"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_go" {
  function_name = "fail_go"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "go1.x"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_ruby" {
  function_name = "fail_ruby"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "ruby2.7"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "fail_provided" {
  function_name = "fail_provided"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "provided"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "pass_python" {
  function_name = "pass_python"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "pass_java" {
  function_name = "pass_java"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "java21"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

resource "aws_lambda_function" "pass_provided" {
  function_name = "pass_provided"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = "provided.al2023"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

# A container image brings its own.
resource "aws_lambda_function" "na_image" {
  function_name = "na_image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"
  role          = "arn:aws:iam::123456789012:role/lambda"
}

module "function" {
  source   = "./module"
  for_each = { pass_new = "python3.13", fail_old = "python3.8" }
  runtime  = each.value
}
