terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Policies.
resource "aws_s3_bucket_policy" "fail_anyone" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_aws" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = ["s3:PutObject"]
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_all_but_one" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect       = "Allow"
      NotPrincipal = { AWS = "arn:aws:iam::123456789012:user/blocked" }
      Action       = "s3:GetObject"
      Resource     = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_referer" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { StringLike = { "aws:Referer" = "https://example.com/*" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_any_account" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { StringLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/reader" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_whole_internet" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "fail_second" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      }, {
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_account" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_deny" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_organization" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1234567890" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_office" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "pass_endpoint" {
  bucket = "site"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
      Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0123456789abcdef0" } }
    }]
  })
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "private"
}

resource "aws_s3_bucket_policy" "unknown_policy" {
  bucket = "site"
  policy = terraform_data.later.output
}

data "aws_iam_policy_document" "later" {
  for_each = { pass_service = "Service", fail_aws = "AWS" }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${terraform_data.later.output}/*"]
    principals {
      type        = each.value
      identifiers = each.value == "AWS" ? ["*"] : ["cloudfront.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "later" {
  for_each = data.aws_iam_policy_document.later
  bucket   = each.key
  policy   = each.value.json
}

data "aws_iam_policy_document" "principal" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::site/*"]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.later.output]
    }
  }
}

resource "aws_s3_bucket_policy" "unknown_principal" {
  bucket = "site"
  policy = data.aws_iam_policy_document.principal.json
}

# ACLs.
resource "aws_s3_bucket_acl" "fail_public_read" {
  bucket = "site"
  acl    = "public-read"
}

resource "aws_s3_bucket_acl" "fail_public_write" {
  bucket = "site"
  acl    = "public-read-write"
}

resource "aws_s3_bucket_acl" "fail_authenticated" {
  bucket = "site"
  acl    = "authenticated-read"
}

resource "aws_s3_bucket_acl" "pass_private" {
  bucket = "site"
  acl    = "private"
}

resource "aws_s3_bucket_acl" "pass_log_delivery" {
  bucket = "site"
  acl    = "log-delivery-write"
}

resource "aws_s3_bucket_acl" "unknown_acl" {
  bucket = "site"
  acl    = terraform_data.later.output
}

resource "aws_s3_bucket_acl" "fail_all_users" {
  bucket = "site"
  access_control_policy {
    owner {
      id = "0123456789abcdef"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
  }
}

resource "aws_s3_bucket_acl" "fail_authenticated_users" {
  bucket = "site"
  access_control_policy {
    owner {
      id = "0123456789abcdef"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
      }
    }
  }
}

resource "aws_s3_bucket_acl" "pass_log_group" {
  bucket = "site"
  access_control_policy {
    owner {
      id = "0123456789abcdef"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
  }
}

# A bucket's old arguments.
resource "aws_s3_bucket" "fail_argument_policy" {
  bucket = "plangate-fail-argument-policy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket" "pass_argument_policy" {
  bucket = "plangate-pass-argument-policy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::site/*"
    }]
  })
}

resource "aws_s3_bucket" "fail_argument_acl" {
  bucket = "plangate-fail-argument-acl"
  acl    = "public-read"
}

resource "aws_s3_bucket" "pass_argument_acl" {
  bucket = "plangate-pass-argument-acl"
  acl    = "private"
}

resource "aws_s3_bucket" "fail_argument_grant" {
  bucket = "plangate-fail-argument-grant"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}

resource "aws_s3_bucket" "na_closed" {
  bucket = "plangate-na-closed"
}

module "policy" {
  source    = "./module"
  for_each  = { pass_account = "123456789012", fail_anyone = "*" }
  principal = each.value
}
