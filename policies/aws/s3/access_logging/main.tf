terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "fail_none" {
  bucket = "plangate-fail-none"
}

resource "aws_s3_bucket" "pass_logged" {
  bucket = "plangate-pass-logged"
}

resource "aws_s3_bucket_logging" "logged" {
  bucket        = aws_s3_bucket.pass_logged.id
  target_bucket = aws_s3_bucket.na_target.id
  target_prefix = "logged/"
}

# The bucket that the logs go to.
resource "aws_s3_bucket" "na_target" {
  bucket = "plangate-na-target"
}

# By name.
resource "aws_s3_bucket" "pass_by_name" {
  bucket = "plangate-pass-by-name"
}

resource "aws_s3_bucket_logging" "by_name" {
  bucket        = "plangate-pass-by-name"
  target_bucket = "plangate-na-target-by-name"
  target_prefix = "by_name/"
}

resource "aws_s3_bucket" "na_target_by_name" {
  bucket = "plangate-na-target-by-name"
}

# The old block.
resource "aws_s3_bucket" "pass_block" {
  bucket = "plangate-pass-block"
  logging {
    target_bucket = aws_s3_bucket.na_target_of_block.id
    target_prefix = "block/"
  }
}

resource "aws_s3_bucket" "na_target_of_block" {
  bucket = "plangate-na-target-of-block"
}

# Logged by a bucket that is not in the plan.
resource "aws_s3_bucket" "pass_elsewhere" {
  bucket = "plangate-pass-elsewhere"
}

resource "aws_s3_bucket_logging" "elsewhere" {
  bucket        = aws_s3_bucket.pass_elsewhere.id
  target_bucket = "the-log-bucket"
  target_prefix = "elsewhere/"
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_s3_bucket" "unknown_several" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-unknown-several-${each.key}"
}

resource "aws_s3_bucket_logging" "several" {
  bucket        = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  target_bucket = "the-log-bucket"
  target_prefix = "several/"
}

# Either may be the log bucket.
resource "aws_s3_bucket" "unknown_target" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-unknown-target-${each.key}"
}

resource "aws_s3_bucket_logging" "to_either" {
  bucket        = "another-bucket"
  target_bucket = aws_s3_bucket.unknown_target[terraform_data.which.output].id
  target_prefix = "to_either/"
}

module "bucket" {
  source   = "./module"
  for_each = { pass_logged = ["the-log-bucket"], fail_silent = [] }
  name     = each.key
  targets  = each.value
}
