terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# CloudTrail.
resource "aws_cloudtrail" "no_policy" {
  name           = "no-policy"
  s3_bucket_name = aws_s3_bucket.fail_no_policy.id
}

resource "aws_s3_bucket" "fail_no_policy" {
  bucket = "no-policy"
}

resource "aws_s3_bucket" "na_other" {
  bucket = "other"
}

resource "aws_cloudtrail" "written" {
  name           = "written"
  s3_bucket_name = aws_s3_bucket.pass_trail.bucket
}

resource "aws_s3_bucket" "pass_trail" {
  bucket = "trail"
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.pass_trail.id
  policy = data.aws_iam_policy_document.trail.json
}

# Its document is only read at apply.
data "aws_iam_policy_document" "trail" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.pass_trail.arn}/AWSLogs/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

# Config, which the policy is not for.
resource "aws_config_delivery_channel" "other_service" {
  name           = "other-service"
  s3_bucket_name = "other-service"
}

resource "aws_s3_bucket" "fail_other_service" {
  bucket = "other-service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::other-service/*"
    }]
  })
}

resource "aws_config_delivery_channel" "inline" {
  name           = "inline"
  s3_bucket_name = aws_s3_bucket.pass_inline.id
}

resource "aws_s3_bucket" "pass_inline" {
  bucket = "inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["config.amazonaws.com", "cloudtrail.amazonaws.com"] }
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::inline/*"
    }]
  })
}

# The bucket itself holds no objects.
resource "aws_config_delivery_channel" "bucket_only" {
  name           = "bucket-only"
  s3_bucket_name = aws_s3_bucket.fail_bucket_only.id
}

resource "aws_s3_bucket" "fail_bucket_only" {
  bucket = "bucket-only"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = "arn:aws:s3:::bucket-only"
    }]
  })
}

# Flow logs, by ARN.
resource "aws_flow_log" "named" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::flows/vpc/"
}

resource "aws_s3_bucket" "fail_reader" {
  bucket = "flows"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "s3:GetBucketAcl"
      Resource  = "*"
    }]
  })
}

# AWS gives a bucket without a policy the one that flow logs need.
resource "aws_flow_log" "given" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.pass_no_policy.arn
}

resource "aws_s3_bucket" "pass_no_policy" {
  bucket = "no-policy"
}

resource "aws_flow_log" "unknown_policy" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.unknown_policy.arn}/vpc/"
}

resource "aws_s3_bucket" "unknown_policy" {
  bucket = "unknown-policy"
}

resource "aws_s3_bucket_policy" "unknown_policy" {
  bucket = aws_s3_bucket.unknown_policy.id
  policy = terraform_data.later.output
}

module "flows" {
  source = "./module"
  for_each = {
    fail_denied = "Deny"
    pass_let_in = "Allow"
  }
  name   = each.key
  effect = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}

