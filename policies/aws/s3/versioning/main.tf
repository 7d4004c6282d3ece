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

resource "aws_s3_bucket" "fail_suspended" {
  bucket = "plangate-fail-suspended"
}

resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.fail_suspended.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket" "fail_disabled" {
  bucket = "plangate-fail-disabled"
}

resource "aws_s3_bucket_versioning" "disabled" {
  bucket = aws_s3_bucket.fail_disabled.id
  versioning_configuration {
    status = "Disabled"
  }
}

resource "aws_s3_bucket" "pass_enabled" {
  bucket = "plangate-pass-enabled"
}

resource "aws_s3_bucket_versioning" "enabled" {
  bucket = aws_s3_bucket.pass_enabled.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "pass_by_name" {
  bucket = "plangate-pass-by-name"
}

resource "aws_s3_bucket_versioning" "by_name" {
  bucket = "plangate-pass-by-name"
  versioning_configuration {
    status = "Enabled"
  }
}

# The old block.
resource "aws_s3_bucket" "pass_block" {
  bucket = "plangate-pass-block"
  versioning {
    enabled = true
  }
}

resource "aws_s3_bucket" "fail_block" {
  bucket = "plangate-fail-block"
  versioning {
    enabled = false
  }
}

resource "aws_s3_bucket" "fail_block_left_out" {
  bucket = "plangate-fail-block-left-out"
  versioning {
    mfa_delete = false
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "Enabled"
}

resource "aws_s3_bucket" "unknown_status" {
  bucket = "plangate-unknown-status"
}

resource "aws_s3_bucket_versioning" "status" {
  bucket = aws_s3_bucket.unknown_status.id
  versioning_configuration {
    status = terraform_data.later.output
  }
}

resource "aws_s3_bucket" "unknown_block" {
  bucket = "plangate-unknown-block"
  versioning {
    enabled = terraform_data.later.output == "Enabled"
  }
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_s3_bucket" "unknown_several" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-unknown-several-${each.key}"
}

resource "aws_s3_bucket_versioning" "several" {
  bucket = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  versioning_configuration {
    status = "Enabled"
  }
}

module "bucket" {
  source   = "./module"
  for_each = { pass_enabled = "Enabled", fail_suspended = "Suspended" }
  name     = each.key
  status   = each.value
}
