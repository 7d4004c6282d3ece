terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Without the source, the plan does not tell what the local value is made of.
resource "aws_autoscaling_group" "unknown_group" {
  name_prefix          = "unknown-group-"
  min_size             = 1
  max_size             = 2
  launch_configuration = "app"
  availability_zones   = ["us-east-1a"]
}

locals {
  groups = [aws_autoscaling_group.unknown_group.name]
}

resource "aws_autoscaling_notification" "local" {
  group_names   = local.groups
  topic_arn     = "arn:aws:sns:us-east-1:123456789012:alerts"
  notifications = ["autoscaling:EC2_INSTANCE_TERMINATE"]
}
