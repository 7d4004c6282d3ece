provider "aws" {
  region = "us-east-1"
}

locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  read = { Effect = "Allow", Action = "s3:GetObject", Resource = "*" }
  traces = {
    Effect   = "Allow"
    Action   = ["xray:PutTraceSegments", "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"]
    Resource = "*"
  }
  objects = { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::data/*" }
}

resource "aws_sqs_queue" "main" {
  name = "main"
}

resource "aws_iam_policy" "fail_managed" {
  name   = "managed"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.objects, local.read] })
}

resource "aws_iam_policy" "fail_not_action" {
  name = "not-action"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", NotAction = "iam:*", Resource = "*" }
  })
}

resource "aws_iam_policy" "fail_prefix" {
  name = "prefix"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "dynamodb:Get*", Resource = "*" }
  })
}

resource "aws_iam_policy" "pass_prefix" {
  name = "prefix-without-resources"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "autoscaling:Describe*", Resource = "*" }
  })
}

# Nearly all that it stands for know no resources.
resource "aws_iam_policy" "pass_describe_instances" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = ["ec2:Describe*", "ec2:DescribeSubnets"], Resource = "*" }
  })
}

resource "aws_iam_policy" "pass_deny" {
  name   = "deny"
  policy = jsonencode({ Version = "2012-10-17", Statement = [merge(local.read, { Effect = "Deny" })] })
}

# A tag of the resource says which are meant; one of the request does not.
resource "aws_iam_policy" "pass_tagged" {
  name = "tagged"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.read, {
      Action    = ["ec2:StartInstances", "ec2:StopInstances"]
      Condition = { StringEquals = { "aws:ResourceTag/Team" = "payments" } }
    })]
  })
}

resource "aws_iam_policy" "fail_request_tag" {
  name = "request-tag"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.read, {
      Action    = "ec2:CreateVolume"
      Condition = { StringEquals = { "aws:RequestTag/Team" = "payments" } }
    })]
  })
}

resource "aws_iam_policy" "unknown_function" {
  name = "function"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.objects, { Resource = aws_sqs_queue.main.arn })]
  })
}

data "aws_iam_policy_document" "main" {
  for_each = toset(["narrow", "sweeping"])
  statement {
    sid       = "Queue"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.main.arn]
  }
  statement {
    sid       = "Traces"
    actions   = each.key == "narrow" ? ["xray:PutTraceSegments"] : ["sqs:ReceiveMessage"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "pass_document" {
  name   = "document"
  policy = data.aws_iam_policy_document.main["narrow"].json
}

resource "aws_iam_policy" "fail_document" {
  name   = "document-sweeping"
  policy = data.aws_iam_policy_document.main["sweeping"].json
}

resource "aws_iam_role" "na_no_policy" {
  assume_role_policy = local.trust
}

resource "aws_iam_role" "fail_inline" {
  assume_role_policy = local.trust
  inline_policy {
    name   = "read"
    policy = jsonencode({ Version = "2012-10-17", Statement = [local.read] })
  }
}

resource "aws_iam_role" "pass_inline" {
  assume_role_policy = local.trust
  inline_policy {
    name   = "traces"
    policy = jsonencode({ Version = "2012-10-17", Statement = [local.traces, local.objects] })
  }
}

resource "aws_iam_user_policy" "fail_user" {
  user   = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.read] })
}

resource "aws_iam_group_policy" "fail_group" {
  group  = "apps"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.read] })
}

module "policies" {
  source    = "./module"
  for_each  = { pass_traces = local.traces, fail_read = local.read }
  role      = aws_iam_role.na_no_policy.name
  statement = each.value
}

resource "aws_ssoadmin_permission_set_inline_policy" "fail_permission_set" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [local.read] })
}
