provider "aws" {
  region = "us-east-1"
}

locals {
  account = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" } }
  mfa     = merge(local.account, { Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } })
  service = merge(local.account, { Principal = { Service = "ec2.amazonaws.com" } })
}

resource "aws_iam_role" "fail_account" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.service, local.account] })
}

resource "aws_iam_role" "fail_user" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = merge(local.account, { Principal = { AWS = "arn:aws:iam::123456789012:user/ann" } })
  })
}

resource "aws_iam_role" "fail_if_exists" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } } })]
  })
}

# A third party's service has no second factor.
resource "aws_iam_role" "na_third_party" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Condition = { StringEquals = { "sts:ExternalId" = "12" } } })]
  })
}

resource "aws_iam_role" "pass_mfa" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.mfa] })
}

resource "aws_iam_role" "pass_age" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Condition = { NumericLessThan = { "aws:MultiFactorAuthAge" = 3600 } } })]
  })
}

resource "aws_iam_role" "pass_denied" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.account,
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "sts:AssumeRole"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      },
    ]
  })
}

resource "aws_iam_role" "na_service" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.service] })
}

resource "aws_iam_role" "na_role" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Principal = { AWS = "arn:aws:iam::123456789012:role/deploy" } })]
  })
}

resource "aws_iam_user" "ann" {
  name = "ann"
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["with", "without"])
  statement {
    sid     = "Role"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.na_service.arn]
    }
  }
  statement {
    sid     = "Operators"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
    condition {
      test     = "Bool"
      variable = each.key == "with" ? "aws:MultiFactorAuthPresent" : "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "pass_document" {
  assume_role_policy = data.aws_iam_policy_document.trust["with"].json
}

resource "aws_iam_role" "fail_document" {
  assume_role_policy = data.aws_iam_policy_document.trust["without"].json
}

resource "aws_iam_role" "unknown_function" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Principal = { AWS = aws_iam_user.ann.arn } })]
  })
}

module "role" {
  source    = "./module"
  for_each  = { pass_mfa = "aws:MultiFactorAuthPresent", fail_https = "aws:SecureTransport" }
  statement = merge(local.account, { Condition = { Bool = { (each.value) = "true" } } })
}
