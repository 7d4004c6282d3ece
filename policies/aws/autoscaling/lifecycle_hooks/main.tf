terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_autoscaling_group" "fail_none" {
  name                 = "fail-none"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_group" "pass_hook" {
  name                 = "pass-hook"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_lifecycle_hook" "hook" {
  name                   = "drain"
  autoscaling_group_name = aws_autoscaling_group.pass_hook.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
}

resource "aws_autoscaling_group" "pass_by_name" {
  name                 = "pass-by-name"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_lifecycle_hook" "by_name" {
  name                   = "drain"
  autoscaling_group_name = "pass-by-name"
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
}

# Within the group, from its first instance on.
resource "aws_autoscaling_group" "pass_initial" {
  name                 = "pass-initial"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
  initial_lifecycle_hook {
    name                 = "warm-up"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
  }
}

# The plan does not tell which of the two is meant.
resource "aws_autoscaling_group" "unknown_either" {
  for_each             = toset(["a", "b"])
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_lifecycle_hook" "either" {
  name                   = "drain"
  autoscaling_group_name = values(aws_autoscaling_group.unknown_either)[0].name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
}

module "group" {
  source   = "./module"
  for_each = { fail_module = [], pass_module = ["drain"] }
  hooks    = each.value
}
