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

# Documents that are known now.
resource "aws_s3_bucket" "pass_json" {
  bucket = "plangate-pass-json"
}

resource "aws_s3_bucket_policy" "pass_json" {
  bucket = aws_s3_bucket.pass_json.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-pass-json", "arn:aws:s3:::plangate-pass-json/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "pass_prefix" {
  bucket = "plangate-pass-prefix"
}

resource "aws_s3_bucket_policy" "pass_prefix" {
  bucket = aws_s3_bucket.pass_prefix.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["s3:*"]
      Resource  = "arn:aws:s3:::plangate-pass-prefix*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "pass_everything" {
  bucket = "plangate-pass-everything"
}

resource "aws_s3_bucket_policy" "pass_everything" {
  bucket = aws_s3_bucket.pass_everything.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "pass_two_statements" {
  bucket = "plangate-pass-two-statements"
}

resource "aws_s3_bucket_policy" "pass_two_statements" {
  bucket = aws_s3_bucket.pass_two_statements.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::plangate-pass-two-statements"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::plangate-pass-two-statements/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_allow" {
  bucket = "plangate-fail-allow"
}

resource "aws_s3_bucket_policy" "fail_allow" {
  bucket = aws_s3_bucket.fail_allow.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-allow", "arn:aws:s3:::plangate-fail-allow/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_somebody" {
  bucket = "plangate-fail-somebody"
}

resource "aws_s3_bucket_policy" "fail_somebody" {
  bucket = aws_s3_bucket.fail_somebody.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-somebody", "arn:aws:s3:::plangate-fail-somebody/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_one_action" {
  bucket = "plangate-fail-one-action"
}

resource "aws_s3_bucket_policy" "fail_one_action" {
  bucket = aws_s3_bucket.fail_one_action.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = ["arn:aws:s3:::plangate-fail-one-action", "arn:aws:s3:::plangate-fail-one-action/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_objects_only" {
  bucket = "plangate-fail-objects-only"
}

resource "aws_s3_bucket_policy" "fail_objects_only" {
  bucket = aws_s3_bucket.fail_objects_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::plangate-fail-objects-only/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_bucket_only" {
  bucket = "plangate-fail-bucket-only"
}

resource "aws_s3_bucket_policy" "fail_bucket_only" {
  bucket = aws_s3_bucket.fail_bucket_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::plangate-fail-bucket-only"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_one_prefix" {
  bucket = "plangate-fail-one-prefix"
}

resource "aws_s3_bucket_policy" "fail_one_prefix" {
  bucket = aws_s3_bucket.fail_one_prefix.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-one-prefix", "arn:aws:s3:::plangate-fail-one-prefix/logs/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_other_bucket" {
  bucket = "plangate-fail-other-bucket"
}

resource "aws_s3_bucket_policy" "fail_other_bucket" {
  bucket = aws_s3_bucket.fail_other_bucket.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-other", "arn:aws:s3:::plangate-other/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_https" {
  bucket = "plangate-fail-https"
}

resource "aws_s3_bucket_policy" "fail_https" {
  bucket = aws_s3_bucket.fail_https.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-https", "arn:aws:s3:::plangate-fail-https/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_narrowed" {
  bucket = "plangate-fail-narrowed"
}

resource "aws_s3_bucket_policy" "fail_narrowed" {
  bucket = aws_s3_bucket.fail_narrowed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-narrowed", "arn:aws:s3:::plangate-fail-narrowed/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" }, StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_always" {
  bucket = "plangate-fail-always"
}

resource "aws_s3_bucket_policy" "fail_always" {
  bucket = aws_s3_bucket.fail_always.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-always", "arn:aws:s3:::plangate-fail-always/*"]
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

# The old argument.
resource "aws_s3_bucket" "pass_argument" {
  bucket = "plangate-pass-argument"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-pass-argument", "arn:aws:s3:::plangate-pass-argument/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "fail_argument" {
  bucket = "plangate-fail-argument"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::plangate-fail-argument", "arn:aws:s3:::plangate-fail-argument/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Documents that are only read at apply: the references show the bucket.
resource "aws_s3_bucket" "pass_document" {
  bucket_prefix = "plangate-"
}

data "aws_iam_policy_document" "pass_document" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.pass_document.arn, "${aws_s3_bucket.pass_document.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "pass_document" {
  bucket = aws_s3_bucket.pass_document.id
  policy = data.aws_iam_policy_document.pass_document.json
}

resource "aws_s3_bucket" "fail_document_allow" {
  bucket = "plangate-fail-document-allow"
}

data "aws_iam_policy_document" "fail_document_allow" {
  statement {
    effect    = "Allow"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.fail_document_allow.arn, "${aws_s3_bucket.fail_document_allow.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "fail_document_allow" {
  bucket = aws_s3_bucket.fail_document_allow.id
  policy = data.aws_iam_policy_document.fail_document_allow.json
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "{}"
}

resource "aws_s3_bucket" "unknown_policy" {
  bucket = "plangate-unknown-policy"
}

resource "aws_s3_bucket_policy" "unknown_policy" {
  bucket = aws_s3_bucket.unknown_policy.id
  policy = terraform_data.later.output
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_s3_bucket" "unknown_several" {
  for_each = toset(["a", "b"])
  bucket   = "plangate-unknown-several-${each.key}"
}

resource "aws_s3_bucket_policy" "several" {
  bucket = aws_s3_bucket.unknown_several[terraform_data.which.output].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

module "bucket" {
  source   = "./module"
  for_each = { pass_https = "Deny", fail_http = "Allow" }
  name     = each.key
  effect   = each.value
}
