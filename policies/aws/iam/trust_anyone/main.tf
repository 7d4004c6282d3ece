provider "aws" {
  region = "us-east-1"
}

locals {
  assume  = { Effect = "Allow", Action = "sts:AssumeRole" }
  anyone  = merge(local.assume, { Principal = { AWS = "*" } })
  service = merge(local.assume, { Principal = { Service = "ec2.amazonaws.com" } })
}

resource "aws_iam_role" "pass_service" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.service] })
}

resource "aws_iam_role" "pass_account" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = merge(local.assume, { Principal = { AWS = "123456789012" } })
  })
}

resource "aws_iam_role" "pass_organization" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.anyone, { Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } } })]
  })
}

resource "aws_iam_role" "fail_anyone" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.service, local.anyone] })
}

resource "aws_iam_role" "fail_star" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = merge(local.assume, { Principal = "*" }) })
}

resource "aws_iam_role" "fail_external_id" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.anyone, { Condition = { StringEquals = { "sts:ExternalId" = "42" } } })]
  })
}

# the statements are known, though the document is not: one principal comes at apply
data "aws_iam_policy_document" "trust" {
  for_each = toset(["named", "anyone"])
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = each.key == "named" ? [aws_iam_role.pass_service.arn] : ["*"]
    }
  }
  statement {
    actions = ["sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = [terraform_data.service.output]
    }
  }
}

resource "terraform_data" "service" {
  input = "ecs-tasks.amazonaws.com"
}

resource "aws_iam_role" "fail_document" {
  assume_role_policy = data.aws_iam_policy_document.trust["anyone"].json
}

# what will stand there may be anything, even *
resource "aws_iam_role" "unknown_principal" {
  assume_role_policy = data.aws_iam_policy_document.trust["named"].json
}

resource "aws_iam_role" "unknown_function" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.assume, { Principal = { AWS = aws_iam_role.pass_service.arn } })]
  })
}

module "role" {
  source = "./module"
  for_each = {
    pass_service = local.service
    fail_anyone  = merge(local.assume, { Principal = { AWS = ["123456789012", "*"] } })
  }
  statement = each.value
}
