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

resource "aws_s3_bucket" "fail_disabled" {
  bucket = "plangate-fail-disabled"
}

resource "aws_s3_bucket_lifecycle_configuration" "fail_disabled" {
  bucket = aws_s3_bucket.fail_disabled.id
  rule {
    id     = "rule-0"
    status = "Disabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket" "fail_expires" {
  bucket = "plangate-fail-expires"
}

resource "aws_s3_bucket_lifecycle_configuration" "fail_expires" {
  bucket = aws_s3_bucket.fail_expires.id
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket" "fail_noncurrent" {
  bucket = "plangate-fail-noncurrent"
}

resource "aws_s3_bucket_lifecycle_configuration" "fail_noncurrent" {
  bucket = aws_s3_bucket.fail_noncurrent.id
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "STANDARD_IA"
    }
  }
}

# One rule is enabled, the other moves.
resource "aws_s3_bucket" "fail_apart" {
  bucket = "plangate-fail-apart"
}

resource "aws_s3_bucket_lifecycle_configuration" "fail_apart" {
  bucket = aws_s3_bucket.fail_apart.id
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
  rule {
    id     = "rule-1"
    status = "Disabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket" "pass_moves" {
  bucket = "plangate-pass-moves"
}

resource "aws_s3_bucket_lifecycle_configuration" "pass_moves" {
  bucket = aws_s3_bucket.pass_moves.id
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket" "pass_second" {
  bucket = "plangate-pass-second"
}

resource "aws_s3_bucket_lifecycle_configuration" "pass_second" {
  bucket = aws_s3_bucket.pass_second.id
  rule {
    id     = "rule-0"
    status = "Disabled"
    filter {}
    expiration {
      days = 365
    }
  }
  rule {
    id     = "rule-1"
    status = "Enabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
    expiration {
      days = 365
    }
  }
}

# By name.
resource "aws_s3_bucket" "pass_by_name" {
  bucket = "plangate-pass-by-name"
}

resource "aws_s3_bucket_lifecycle_configuration" "by_name" {
  bucket = "plangate-pass-by-name"
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

# The old blocks.
resource "aws_s3_bucket" "pass_block" {
  bucket = "plangate-pass-block"
  lifecycle_rule {
    enabled = true
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket" "fail_block_disabled" {
  bucket = "plangate-fail-block-disabled"
  lifecycle_rule {
    enabled = false
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket" "fail_block_expires" {
  bucket = "plangate-fail-block-expires"
  lifecycle_rule {
    enabled = true
    expiration {
      days = 365
    }
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "Enabled"
}

resource "aws_s3_bucket" "unknown_status" {
  bucket = "plangate-unknown-status"
}

resource "aws_s3_bucket_lifecycle_configuration" "unknown_status" {
  bucket = aws_s3_bucket.unknown_status.id
  rule {
    id     = "rule-0"
    status = terraform_data.later.output
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
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

resource "aws_s3_bucket_lifecycle_configuration" "several" {
  bucket = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  rule {
    id     = "rule-0"
    status = "Enabled"
    filter {}
    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }
  }
}

module "bucket" {
  source   = "./module"
  for_each = { pass_moves = [90], fail_keeps = [] }
  name     = each.key
  days     = each.value
}
