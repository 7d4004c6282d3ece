terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "fail_left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket" "pass_transition" {
  bucket = "transition"
}

resource "aws_s3_bucket_lifecycle_configuration" "transition" {
  bucket = aws_s3_bucket.pass_transition.id
  rule {
    id     = "expire"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
  rule {
    id     = "archive"
    status = "Enabled"
    filter {}
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket" "fail_disabled" {
  bucket = "disabled"
}

resource "aws_s3_bucket_lifecycle_configuration" "disabled" {
  bucket = aws_s3_bucket.fail_disabled.id
  rule {
    id     = "archive"
    status = "Disabled"
    filter {}
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

# Current objects stay where they are.
resource "aws_s3_bucket" "fail_old_versions_only" {
  bucket = "old-versions"
}

resource "aws_s3_bucket_lifecycle_configuration" "old_versions" {
  bucket = aws_s3_bucket.fail_old_versions_only.id
  rule {
    id     = "archive"
    status = "Enabled"
    filter {}
    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "GLACIER"
    }
  }
}

resource "aws_s3_bucket" "unknown_status" {
  bucket = "status"
}

resource "aws_s3_bucket_lifecycle_configuration" "status" {
  bucket = aws_s3_bucket.unknown_status.id
  rule {
    id     = "archive"
    status = terraform_data.later.output
    filter {}
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

# The deprecated block.
resource "aws_s3_bucket" "pass_inline" {
  bucket = "inline"
  lifecycle_rule {
    id      = "archive"
    enabled = true
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket" "fail_inline_disabled" {
  bucket = "inline-disabled"
  lifecycle_rule {
    id      = "archive"
    enabled = false
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket" "fail_inline_expires" {
  bucket = "inline-expires"
  lifecycle_rule {
    id      = "expire"
    enabled = true
    expiration {
      days = 30
    }
  }
}

module "bucket" {
  source = "./module"
  for_each = {
    fail_standard = []
    pass_archive  = ["GLACIER_IR"]
  }
  name    = each.key
  classes = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}

