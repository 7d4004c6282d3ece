terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Managed policies.
resource "aws_iam_policy" "fail_all" {
  name = "fail_all"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "fail_service" {
  name = "fail_service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "logs:*"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "fail_in_capitals" {
  name = "fail_in_capitals"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "S3:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "fail_two_stars" {
  name = "fail_two_stars"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "fail_not_action" {
  name = "fail_not_action"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      NotAction = ["iam:*", "organizations:*"]
      Resource  = "*"
    }]
  })
}

resource "aws_iam_policy" "fail_with_condition" {
  name = "fail_with_condition"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalTag/team" = "app" } }
    }]
  })
}

resource "aws_iam_policy" "pass_listed" {
  name = "pass_listed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "pass_prefix" {
  name = "pass_prefix"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:Get*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "pass_deny" {
  name = "pass_deny"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = "*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "pass_deny_not_action" {
  name = "pass_deny_not_action"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = "iam:*"
      Resource  = "*"
    }]
  })
}

# Those of a role, a user and a group.
resource "aws_iam_role_policy" "fail_role" {
  name = "fail_role"
  role = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:*"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy" "pass_role" {
  name = "pass_role"
  role = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_user_policy" "fail_user" {
  name = "fail_user"
  user = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:*"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_user_policy" "pass_user" {
  name = "pass_user"
  user = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_group_policy" "fail_group" {
  name  = "fail_group"
  group = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:*"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_group_policy" "pass_group" {
  name  = "pass_group"
  group = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem"]
      Resource = "*"
    }]
  })
}

# A role's own blocks.
resource "aws_iam_role" "fail_inline" {
  name = "fail_inline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  inline_policy {
    name = "read"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
    })
  }
  inline_policy {
    name = "write"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }]
    })
  }
}

resource "aws_iam_role" "pass_inline" {
  name = "pass_inline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  inline_policy {
    name = "read"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
    })
  }
}

resource "aws_iam_role" "na_no_policy" {
  name = "na_no_policy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# Documents.
data "aws_iam_policy_document" "service" {
  statement {
    sid       = "Logs"
    actions   = ["logs:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "fail_document" {
  name   = "fail_document"
  policy = data.aws_iam_policy_document.service.json
}

resource "aws_sqs_queue" "work" {
  name = "work"
}

# Only read at apply: its actions are known now.
data "aws_iam_policy_document" "later" {
  for_each = { fail_later = "sqs:*", pass_later = "sqs:SendMessage" }
  statement {
    actions   = [each.value]
    resources = [aws_sqs_queue.work.arn]
  }
}

resource "aws_iam_policy" "later" {
  for_each = data.aws_iam_policy_document.later
  name     = each.key
  policy   = each.value.json
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "s3:GetObject"
}

data "aws_iam_policy_document" "unknown_action" {
  statement {
    actions   = [terraform_data.later.output]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "unknown_action" {
  name   = "unknown_action"
  policy = data.aws_iam_policy_document.unknown_action.json
}

resource "aws_iam_policy" "unknown_document" {
  name   = "unknown_document"
  policy = terraform_data.later.output
}

module "policy" {
  source   = "./module"
  for_each = { pass_narrow = "s3:GetObject", fail_wide = "s3:*" }
  name     = each.key
  action   = each.value
}

resource "aws_ssoadmin_permission_set_inline_policy" "fail_permission_set" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  inline_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}
