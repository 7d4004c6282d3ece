terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_batch_compute_environment" "fail_ec2" {
  compute_environment_name = "fail_ec2"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::123456789012:instance-profile/batch"
    instance_type      = ["optimal"]
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

resource "aws_batch_compute_environment" "fail_spot" {
  compute_environment_name = "fail_spot"
  type                     = "MANAGED"
  compute_resources {
    type                = "SPOT"
    instance_role       = "arn:aws:iam::123456789012:instance-profile/batch"
    instance_type       = ["optimal"]
    max_vcpus           = 16
    security_group_ids  = ["sg-0123456789abcdef0"]
    spot_iam_fleet_role = "arn:aws:iam::123456789012:role/spot"
    subnets             = ["subnet-0123456789abcdef0"]
  }
}

resource "aws_batch_compute_environment" "fail_unmanaged" {
  compute_environment_name = "fail_unmanaged"
  type                     = "UNMANAGED"
  service_role             = "arn:aws:iam::123456789012:role/batch"
}

# Its nodes are instances too.
resource "aws_batch_compute_environment" "fail_kubernetes" {
  compute_environment_name = "fail_kubernetes"
  type                     = "MANAGED"
  eks_configuration {
    eks_cluster_arn      = "arn:aws:eks:us-east-1:123456789012:cluster/main"
    kubernetes_namespace = "batch"
  }
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::123456789012:instance-profile/batch"
    instance_type      = ["optimal"]
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

resource "aws_batch_compute_environment" "pass_fargate" {
  compute_environment_name = "pass_fargate"
  type                     = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

resource "aws_batch_compute_environment" "pass_spot" {
  compute_environment_name = "pass_spot"
  type                     = "MANAGED"
  compute_resources {
    type               = "FARGATE_SPOT"
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "FARGATE"
}

resource "aws_batch_compute_environment" "unknown_type" {
  compute_environment_name = "unknown_type"
  type                     = "MANAGED"
  compute_resources {
    type               = terraform_data.later.output
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

module "environment" {
  source   = "./module"
  for_each = { pass_fargate = "FARGATE", fail_ec2 = "EC2" }
  name     = each.key
  type     = each.value
}
