terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  all = {
    Environment = "production"
    CostCenter  = "education"
    Project     = "online-education"
  }
}

provider "aws" {}

provider "aws" {
  alias = "tagged"
  default_tags {
    tags = {
      Environment = "production"
      CostCenter  = "education"
      Project     = "online-education"
    }
  }
}

provider "aws" {
  alias = "some"
  default_tags {
    tags = {
      Environment = "production"
      Project     = "online-education"
    }
  }
}

# The plan does not tell what these are made of.
provider "aws" {
  alias = "later"
  default_tags {
    tags = merge(local.all, { Owner = terraform_data.later.output })
  }
}

resource "terraform_data" "later" {
  input = "known after apply"
}

resource "aws_vpc" "fail_no_tags" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "fail_some_tags" {
  cidr_block = "10.0.0.0/16"
  tags       = { Environment = "production", Project = "online-education" }
}

resource "aws_vpc" "fail_empty" {
  cidr_block = "10.0.0.0/16"
  tags       = merge(local.all, { CostCenter = " " })
}

resource "aws_vpc" "fail_other_case" {
  cidr_block = "10.0.0.0/16"
  tags       = { environment = "production", CostCenter = "education", Project = "online-education" }
}

resource "aws_vpc" "pass_tags" {
  cidr_block = "10.0.0.0/16"
  tags       = local.all
}

resource "aws_vpc" "pass_default_tags" {
  provider   = aws.tagged
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "fail_some_default_tags" {
  provider   = aws.some
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "pass_both" {
  provider   = aws.some
  cidr_block = "10.0.0.0/16"
  tags       = { CostCenter = "education" }
}

resource "aws_vpc" "fail_default_emptied" {
  provider   = aws.tagged
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "" }
}

resource "aws_vpc" "unknown_default_tags" {
  provider   = aws.later
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "unknown_tags" {
  cidr_block = "10.0.0.0/16"
  tags       = merge(local.all, { Owner = terraform_data.later.output })
}

resource "aws_route" "na_untaggable" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "10.9.0.0/16"
  gateway_id             = "local"
}

resource "aws_inspector_resource_group" "na_selects" {
  tags = { Name = "a" }
}

resource "aws_autoscaling_group" "pass_propagated" {
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }
  tag {
    key                 = "CostCenter"
    value               = "education"
    propagate_at_launch = true
  }
  tag {
    key                 = "Project"
    value               = "online-education"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "fail_not_propagated" {
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }
  tag {
    key                 = "CostCenter"
    value               = "education"
    propagate_at_launch = false
  }
  tag {
    key                 = "Project"
    value               = "online-education"
    propagate_at_launch = true
  }
}

# Default tags do not reach it.
resource "aws_autoscaling_group" "fail_default_tags" {
  provider             = aws.tagged
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
}

resource "aws_autoscaling_group" "pass_separate" {
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }
  tag {
    key                 = "Project"
    value               = "online-education"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group_tag" "cost_center" {
  autoscaling_group_name = aws_autoscaling_group.pass_separate.name
  tag {
    key                 = "CostCenter"
    value               = "education"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "unknown_key" {
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
  tag {
    key                 = terraform_data.later.output
    value               = "production"
    propagate_at_launch = true
  }
}

module "vpc" {
  source = "./module"
  for_each = {
    fail_none = {}
    pass_all  = local.all
  }
  tags = each.value
}

module "pass_passed" {
  source    = "./module"
  providers = { aws = aws.tagged }
}
