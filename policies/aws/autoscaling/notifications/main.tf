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

resource "aws_autoscaling_group" "pass_one" {
  name                 = "pass-one"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

# One for several groups.
resource "aws_autoscaling_group" "pass_several" {
  count                = 2
  name                 = "pass-several-${count.index}"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_notification" "several" {
  group_names   = concat([aws_autoscaling_group.pass_one.name], aws_autoscaling_group.pass_several[*].name)
  topic_arn     = "arn:aws:sns:us-east-1:123456789012:alerts"
  notifications = ["autoscaling:EC2_INSTANCE_TERMINATE"]
}

resource "aws_autoscaling_group" "pass_by_name" {
  name                 = "pass-by-name"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_notification" "by_name" {
  group_names   = ["pass-by-name"]
  topic_arn     = "arn:aws:sns:us-east-1:123456789012:alerts"
  notifications = ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"]
}

module "group" {
  source   = "./module"
  for_each = { fail_module = [], pass_module = ["arn:aws:sns:us-east-1:123456789012:alerts"] }
  topics   = each.value
}
