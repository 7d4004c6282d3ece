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

# What is left out is off.
resource "aws_s3_bucket" "fail_partial" {
  bucket = "plangate-fail-partial"
}

resource "aws_s3_bucket_public_access_block" "partial" {
  bucket              = aws_s3_bucket.fail_partial.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "fail_off" {
  bucket = "plangate-fail-off"
}

resource "aws_s3_bucket_public_access_block" "off" {
  bucket                  = aws_s3_bucket.fail_off.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket" "pass_all" {
  bucket = "plangate-pass-all"
}

resource "aws_s3_bucket_public_access_block" "all" {
  bucket                  = aws_s3_bucket.pass_all.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "pass_by_name" {
  bucket = "plangate-pass-by-name"
}

resource "aws_s3_bucket_public_access_block" "by_name" {
  bucket                  = "plangate-pass-by-name"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "pass_each" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-pass-each-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each                = aws_s3_bucket.pass_each
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = "true"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_s3_bucket" "unknown_setting" {
  bucket = "plangate-unknown-setting"
}

resource "aws_s3_bucket_public_access_block" "setting" {
  bucket                  = aws_s3_bucket.unknown_setting.id
  block_public_acls       = true
  block_public_policy     = terraform_data.later.output
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_s3_bucket" "unknown_several" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-unknown-several-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "several" {
  bucket                  = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

module "bucket" {
  source   = "./module"
  for_each = { pass_closed = true, fail_open = false }
  name     = each.key
  closed   = each.value
}
