# With the configuration beside the plan, local values are followed.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

data "aws_availability_zones" "available" {
  state = "available"
}

variable "zones" {
  default = ["us-east-1a", "us-east-1b"]
}

locals {
  fixed  = ["us-east-1a", "us-east-1b"]
  read   = slice(data.aws_availability_zones.available.names, 0, 2)
  chosen = [for zone in var.zones : zone]
  first  = local.read[0]
}

resource "aws_ebs_volume" "fail_fixed" {
  count             = 2
  size              = 1
  availability_zone = local.fixed[count.index]
}

resource "aws_ebs_volume" "pass_read" {
  size              = 1
  availability_zone = local.first
}

resource "aws_ebs_volume" "pass_chosen" {
  size              = 1
  availability_zone = local.chosen[0]
}

module "fail_fixed" {
  source = "./module"
  zones  = local.fixed
}

module "pass_read" {
  source = "./module"
  zones  = local.read
}
