terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_kms_key" "logs" {
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "fail_left_out" {
  name = "/fail_left_out"
}

resource "aws_cloudwatch_log_group" "fail_empty" {
  name       = "/fail_empty"
  kms_key_id = ""
}

resource "aws_cloudwatch_log_group" "pass_key" {
  name       = "/pass_key"
  kms_key_id = aws_kms_key.logs.arn
}

resource "aws_cloudwatch_log_group" "pass_known" {
  name       = "/pass_known"
  kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

module "group" {
  source = "./module"
  groups = {
    fail_module = null
    pass_module = aws_kms_key.logs.arn
  }
}
