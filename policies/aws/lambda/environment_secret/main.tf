terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "webhook" {
  type      = string
  sensitive = true
  default   = "not-to-be-seen"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_secretsmanager_secret" "db" {
  name = "db"
}

resource "aws_lambda_function" "fail_access_key" {
  function_name = "fail_access_key"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { STAGE = "prod", UPLOADER = "AKIAIOSFODNN7EXAMPLE" }
  }
}

resource "aws_lambda_function" "fail_private_key" {
  function_name = "fail_private_key"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = {
      SIGNING = <<-KEY
        -----BEGIN PRIVATE KEY-----
        not-a-key
        -----END PRIVATE KEY-----
      KEY
    }
  }
}

resource "aws_lambda_function" "fail_password" {
  function_name = "fail_password"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { DATABASE = "host=db;user=app;password=not-a-password" }
  }
}

resource "aws_lambda_function" "fail_address" {
  function_name = "fail_address"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { DATABASE_URL = "postgres://app:not-a-password@db.example.com/orders" }
  }
}

resource "aws_lambda_function" "fail_two_names" {
  function_name = "fail_two_names"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { DB_PASSWORD = "not-a-password", API_KEY = "not-a-key" }
  }
}

resource "aws_lambda_function" "fail_sensitive_name" {
  function_name = "fail_sensitive_name"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { WEBHOOK_AUTH_TOKEN = var.webhook }
  }
}

resource "aws_lambda_function" "pass_left_out" {
  function_name = "pass_left_out"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "pass_plain" {
  function_name = "pass_plain"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { STAGE = "prod", TOKEN_URL = "https://example.com/token" }
  }
}

resource "aws_lambda_function" "pass_reference" {
  function_name = "pass_reference"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = {
      DB_PASSWORD    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3"
      DB_SECRET_NAME = aws_secretsmanager_secret.db.name
    }
  }
}

resource "aws_lambda_function" "unknown_sensitive" {
  function_name = "unknown_sensitive"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { WEBHOOK = var.webhook }
  }
}

# One variable that apply tells leaves all of them unknown.
resource "aws_lambda_function" "unknown_variables" {
  function_name = "unknown_variables"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  environment {
    variables = { QUEUE = aws_sqs_queue.jobs.url, STAGE = "prod" }
  }
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = "not-a-password"
    pass_module = "/prod/db/password"
  }
  name     = each.key
  password = each.value
}
