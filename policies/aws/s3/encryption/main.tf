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

# A rule that chooses no algorithm.
resource "aws_s3_bucket" "fail_key_only" {
  bucket = "plangate-fail-key-only"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "key_only" {
  bucket = aws_s3_bucket.fail_key_only.id
  rule {
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket" "pass_aes" {
  bucket = "plangate-pass-aes"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aes" {
  bucket = aws_s3_bucket.pass_aes.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket" "pass_kms" {
  bucket = "plangate-pass-kms"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "kms" {
  bucket = aws_s3_bucket.pass_kms.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "pass_by_name" {
  bucket = "plangate-pass-by-name"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_name" {
  bucket = "plangate-pass-by-name"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms:dsse"
    }
  }
}

# The old block.
resource "aws_s3_bucket" "pass_block" {
  bucket = "plangate-pass-block"
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "AES256"
}

# Whichever it will be, it is chosen.
resource "aws_s3_bucket" "pass_later" {
  bucket = "plangate-pass-later"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "later" {
  bucket = aws_s3_bucket.pass_later.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = terraform_data.later.output
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

resource "aws_s3_bucket_server_side_encryption_configuration" "several" {
  bucket = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

module "bucket" {
  source    = "./module"
  for_each  = { pass_encrypted = true, fail_plain = false }
  name      = each.key
  encrypted = each.value
}
