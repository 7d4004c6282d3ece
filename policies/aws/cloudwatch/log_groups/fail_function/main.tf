terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

