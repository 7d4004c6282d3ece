# Documents in arguments of other names, and in blocks.
# show: aws_iam_role.r assume_role_policy
# show: aws_iam_role.r inline_policy.0.policy
# show: aws_opensearch_domain.o access_policies
# show: aws_secretsmanager_secret.s policy
# show: aws_ecr_repository_policy.e policy
# show: aws_cloudwatch_log_resource_policy.l policy_document
locals {
  document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
  trust    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role" "r" {
  assume_role_policy = local.trust
  inline_policy {
    name   = "inline"
    policy = local.document
  }
}

resource "aws_opensearch_domain" "o" {
  domain_name     = "o-domain"
  access_policies = local.document
}

resource "aws_secretsmanager_secret" "s" {
  policy = local.document
}

resource "aws_ecr_repository_policy" "e" {
  repository = "r"
  policy     = local.document
}

resource "aws_cloudwatch_log_resource_policy" "l" {
  policy_name     = "l"
  policy_document = local.document
}
