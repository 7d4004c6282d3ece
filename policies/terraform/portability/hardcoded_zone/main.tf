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

data "aws_region" "here" {}

variable "region" {
  default = "us-east-1"
}

variable "zones" {
  default = ["us-east-1a", "us-east-1b"]
}

variable "secret_zone" {
  default   = "us-east-1a"
  sensitive = true
}

locals {
  zones = ["us-east-1a", "us-east-1b"]
}

resource "terraform_data" "later" {
  input = "us-east-1a"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "zone" {
  for_each = {
    fail_constant  = "us-east-1a"
    fail_constant2 = "us-east-1b"
  }
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = each.value
}

resource "aws_ebs_volume" "fail_literal" {
  size              = 1
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "fail_letter_behind_data" {
  size              = 1
  availability_zone = "${data.aws_region.here.name}a"
}

resource "aws_ebs_volume" "fail_letter_behind_variable" {
  size              = 1
  availability_zone = "${var.region}a"
}

resource "aws_autoscaling_group" "fail_list" {
  min_size             = 1
  max_size             = 1
  launch_configuration = "web"
  availability_zones   = ["us-east-1a"]
}

resource "aws_launch_template" "fail_block" {
  placement {
    availability_zone = "us-east-1a"
  }
}

resource "aws_elasticache_cluster" "fail_one_of_two" {
  cluster_id                   = "fail"
  engine                       = "memcached"
  node_type                    = "cache.t3.micro"
  num_cache_nodes              = 2
  az_mode                      = "cross-az"
  preferred_availability_zones = [var.zones[0], "us-east-1c"]
}

resource "aws_ebs_volume" "pass_data" {
  size              = 1
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_ebs_volume" "pass_resource" {
  size              = 1
  availability_zone = aws_ebs_volume.pass_data.availability_zone
}

resource "aws_ebs_volume" "pass_later" {
  size              = 1
  availability_zone = terraform_data.later.output
}

resource "aws_ebs_volume" "pass_variable" {
  count             = 2
  size              = 1
  availability_zone = var.zones[count.index]
}

resource "aws_elasticache_cluster" "pass_list" {
  cluster_id                   = "pass"
  engine                       = "memcached"
  node_type                    = "cache.t3.micro"
  num_cache_nodes              = 2
  az_mode                      = "cross-az"
  preferred_availability_zones = var.zones
}

resource "aws_ebs_volume" "unknown_local" {
  size              = 1
  availability_zone = local.zones[0]
}

resource "aws_ebs_volume" "unknown_sensitive" {
  size              = 1
  availability_zone = var.secret_zone
}

resource "aws_subnet" "na_left_out" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "na_null" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = null
}

resource "aws_lb_target_group_attachment" "na_all" {
  target_group_arn  = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/0123456789abcdef"
  target_id         = "10.9.0.1"
  availability_zone = "all"
}

module "fail_constant" {
  source = "./module"
  zones  = ["us-east-1a"]
}

module "pass_data" {
  source = "./module"
  zones  = data.aws_availability_zones.available.names
}

module "pass_variable" {
  source = "./module"
  zones  = var.zones
}

module "unknown_local" {
  source = "./module"
  zones  = local.zones
}
