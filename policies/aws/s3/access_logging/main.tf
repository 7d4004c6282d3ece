terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "na_logs" {
  bucket = "logs"
}

resource "aws_s3_bucket" "fail_left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket" "pass_logged" {
  bucket = "logged"
}

resource "aws_s3_bucket_logging" "reference" {
  bucket        = aws_s3_bucket.pass_logged.id
  target_bucket = aws_s3_bucket.na_logs.id
  target_prefix = "logged/"
}

# Named, not referred to.
resource "aws_s3_bucket" "pass_named" {
  bucket = "named"
}

resource "aws_s3_bucket" "na_named_logs" {
  bucket = "named-logs"
}

resource "aws_s3_bucket_logging" "named" {
  bucket        = "named"
  target_bucket = "named-logs"
  target_prefix = ""
}

# The deprecated block.
resource "aws_s3_bucket" "pass_inline" {
  bucket = "inline"
  logging {
    target_bucket = aws_s3_bucket.na_inline_logs.id
  }
}

resource "aws_s3_bucket" "na_inline_logs" {
  bucket = "inline-logs"
}

# Only apply tells which of the two logs.
resource "aws_s3_bucket" "unknown_one" {
  bucket = "one"
}

resource "aws_s3_bucket" "unknown_other" {
  bucket = "other"
}

resource "aws_s3_bucket_logging" "either" {
  bucket        = terraform_data.later.output == "one" ? aws_s3_bucket.unknown_one.id : aws_s3_bucket.unknown_other.id
  target_bucket = "logs-of-another-stack"
  target_prefix = ""
}

# One that logs to itself receives logs.
resource "aws_s3_bucket" "na_itself" {
  bucket = "itself"
}

resource "aws_s3_bucket_logging" "itself" {
  bucket        = aws_s3_bucket.na_itself.id
  target_bucket = aws_s3_bucket.na_itself.id
  target_prefix = "access/"
}

module "bucket" {
  source = "./module"
  for_each = {
    fail_silent = null
    pass_logged = aws_s3_bucket.na_logs.bucket
  }
  name = each.key
  logs = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}

