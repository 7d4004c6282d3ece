provider "aws" {
  region = "us-east-1"
}

locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  send     = { Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:123456789012:jobs" }
  document = jsonencode({ Version = "2012-10-17", Statement = [local.send] })
  typo     = jsonencode({ Version = "2012-10-17", Statements = [local.send] })
}

resource "aws_iam_policy" "pass_encoded" {
  policy = local.document
}

resource "aws_iam_policy" "fail_typo" {
  policy = local.typo
}

# half a character: the provider lets it through, JSON does not
resource "aws_dynamodb_resource_policy" "fail_half_character" {
  resource_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/orders"
  policy       = <<-EOT
    {"Version": "2012-10-17",
     "Statement": [{"Sid": "\ud800", "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}]}
  EOT
}

resource "aws_iam_role" "pass_role" {
  assume_role_policy = local.trust
}

resource "aws_iam_role" "fail_trust" {
  assume_role_policy = local.typo
}

resource "aws_iam_role" "fail_inline" {
  assume_role_policy = local.trust
  inline_policy {
    name   = "send"
    policy = local.typo
  }
}

resource "aws_sqs_queue" "na_left_out" {
  name = "left-out"
}

resource "aws_sqs_queue" "fail_queue" {
  name   = "queue"
  policy = local.typo
}

resource "aws_opensearch_domain_policy" "fail_domain" {
  domain_name     = "search"
  access_policies = local.typo
}

resource "aws_cloudwatch_log_resource_policy" "fail_logs" {
  policy_name     = "logs"
  policy_document = local.typo
}

resource "aws_ssoadmin_permission_set_inline_policy" "pass_permission_set" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  inline_policy      = local.document
}

resource "aws_organizations_resource_policy" "fail_organization" {
  content = local.typo
}

resource "aws_sqs_queue" "na_jobs" {
  name = "jobs"
}

data "aws_iam_policy_document" "jobs" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.na_jobs.arn]
  }
}

resource "aws_iam_policy" "pass_document" {
  policy = data.aws_iam_policy_document.jobs.json
}

resource "aws_iam_policy" "unknown_function" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.send, { Resource = aws_sqs_queue.na_jobs.arn })]
  })
}

module "policy" {
  source   = "./module"
  for_each = { pass_document = local.document, fail_typo = local.typo }
  policy   = each.value
}
