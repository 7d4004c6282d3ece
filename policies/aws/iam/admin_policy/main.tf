provider "aws" {
  region = "us-east-1"
}

resource "aws_iam_policy" "own" {
  name = "own"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "arn:aws:sqs:us-east-1:123456789012:jobs" }]
  })
}

resource "aws_iam_role_policy_attachment" "pass_own" {
  role       = "app"
  policy_arn = aws_iam_policy.own.arn
}

resource "aws_iam_role_policy_attachment" "pass_read_only" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "fail_administrator" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "fail_power_user" {
  user       = "app"
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_group_policy_attachment" "fail_iam" {
  group      = "apps"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_policy_attachment" "fail_several" {
  name       = "several"
  users      = ["a", "b"]
  policy_arn = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachments_exclusive" "fail_exclusive" {
  role_name   = "app"
  policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_user_policy_attachments_exclusive" "pass_exclusive" {
  user_name   = "app"
  policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

resource "aws_iam_group_policy_attachments_exclusive" "fail_exclusive" {
  group_name  = "apps"
  policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role" "fail_managed" {
  assume_role_policy  = local.trust
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role" "pass_managed" {
  assume_role_policy  = local.trust
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

# of a set, the plan tells nothing while one element is unknown
resource "aws_iam_role" "unknown_managed" {
  assume_role_policy  = local.trust
  managed_policy_arns = [aws_iam_policy.own.arn, "arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role" "na_left_out" {
  assume_role_policy = local.trust
}

resource "aws_ssoadmin_managed_policy_attachment" "fail_permission_set" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "terraform_data" "policy" {
  input = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "unknown_policy" {
  role       = "app"
  policy_arn = terraform_data.policy.output
}

module "attachment" {
  source   = "./module"
  for_each = { pass_read_only = "ReadOnlyAccess", fail_administrator = "AdministratorAccess" }
  policy   = each.value
}
