terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Policies of buckets.
resource "aws_s3_bucket_policy" "fail_anyone" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::data/*"
    }]
  })
}

# HTTPS limits how, not who.
resource "aws_s3_bucket_policy" "fail_condition_that_limits_nobody" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]
      Resource  = ["arn:aws:s3:::data", "arn:aws:s3:::data/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

data "aws_iam_policy_document" "anyone" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.pass_left_out.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

# Its document is only read at apply.
resource "aws_s3_bucket_policy" "fail_document" {
  bucket = aws_s3_bucket.pass_left_out.id
  policy = data.aws_iam_policy_document.anyone.json
}

resource "aws_s3_bucket_policy" "pass_role" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/reader" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::data/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_limited" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::data/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_deny" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::data/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "unknown_principal" {
  bucket = "data"
  policy = data.aws_iam_policy_document.later.json
}

data "aws_iam_policy_document" "later" {
  statement {
    sid       = "Later"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::data/*"]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.later.output]
    }
  }
}

resource "aws_s3_bucket_policy" "unknown_document" {
  bucket = "data"
  policy = terraform_data.later.output
}

# The bucket's own arguments, deprecated.
resource "aws_s3_bucket" "pass_left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket" "fail_inline" {
  bucket = "inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      NotAction = "s3:DeleteObject"
      Resource  = "arn:aws:s3:::inline/*"
    }]
  })
}

resource "aws_s3_bucket" "fail_acl" {
  bucket = "acl"
  acl    = "public-read"
}

resource "aws_s3_bucket" "fail_grant" {
  bucket = "grant"
  grant {
    type        = "Group"
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
    permissions = ["READ"]
  }
}

resource "aws_s3_bucket" "pass_grant" {
  bucket = "grant"
  grant {
    type        = "Group"
    uri         = "http://acs.amazonaws.com/groups/s3/LogDelivery"
    permissions = ["WRITE"]
  }
}

# ACLs.
resource "aws_s3_bucket_acl" "fail_acl" {
  bucket = "data"
  acl    = "public-read-write"
}

resource "aws_s3_bucket_acl" "fail_grant" {
  bucket = "data"
  access_control_policy {
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
    grant {
      permission = "READ_ACP"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
      }
    }
  }
}

resource "aws_s3_bucket_acl" "unknown_grant" {
  bucket = "data"
  access_control_policy {
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = terraform_data.later.output
      }
    }
  }
}

resource "aws_s3_bucket_acl" "pass_private" {
  bucket = "data"
  acl    = "private"
}

resource "aws_s3_bucket_acl" "unknown_acl" {
  bucket = "data"
  acl    = terraform_data.later.output
}

resource "aws_s3_object" "fail_object" {
  bucket  = "data"
  key     = "index.html"
  content = "hello"
  acl     = "public-read"
}

resource "aws_s3_object" "pass_object" {
  bucket  = "data"
  key     = "index.html"
  content = "hello"
}

module "acl" {
  source = "./module"
  for_each = {
    fail_public  = "authenticated-read"
    pass_private = "private"
  }
  acl = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}

