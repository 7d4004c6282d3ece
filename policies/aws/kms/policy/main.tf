provider "aws" {
  region = "us-east-1"
}

locals {
  account = {
    Sid       = "Account"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::123456789012:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
  open    = { Sid = "Open", Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*" }
  limited = merge(local.open, { Condition = { StringEquals = { "kms:CallerAccount" = "123456789012" } } })
  https   = merge(local.open, { Condition = { Bool = { "aws:SecureTransport" = "true" } } })
}

resource "aws_kms_key" "pass_left_out" {
  enable_key_rotation = true
}

resource "aws_kms_key" "pass_account" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}

resource "aws_kms_key" "pass_limited" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account, local.limited] })
}

resource "aws_kms_key" "fail_open" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account, local.open] })
}

resource "aws_kms_key" "fail_https" {
  policy = jsonencode({ Version = "2012-10-17", Statement = local.https })
}

resource "aws_kms_key" "unknown_function" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.account, { Principal = { AWS = aws_iam_role.main.arn } })]
  })
}

resource "aws_iam_role" "main" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

# the role is not known yet, the statement is
data "aws_iam_policy_document" "role" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["logs.us-east-1.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_iam_role.main.arn]
    }
  }
}

resource "aws_kms_key_policy" "pass_document" {
  key_id = aws_kms_key.pass_left_out.id
  policy = data.aws_iam_policy_document.role.json
}

resource "aws_kms_key_policy" "fail_separate" {
  key_id = aws_kms_key.pass_left_out.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.open] })
}

resource "aws_kms_external_key" "fail_external" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.open] })
}

resource "aws_kms_replica_key" "fail_replica" {
  primary_key_arn = "arn:aws:kms:us-west-2:123456789012:key/mrk-11111111222233334444555555555555"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [local.open] })
}

resource "aws_kms_replica_external_key" "fail_replica" {
  primary_key_arn = "arn:aws:kms:us-west-2:123456789012:key/mrk-11111111222233334444555555555555"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [local.open] })
}

module "keys" {
  source    = "./module"
  for_each  = { pass_limited = local.limited, fail_open = merge(local.open, { Condition = {} }) }
  statement = each.value
}
