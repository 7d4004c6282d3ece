# With the configuration beside the plan, default tags are known in part.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "environment" {
  default = "production"
}

variable "secret" {
  default   = "cost center"
  sensitive = true
}

locals {
  shared = { CostCenter = "education", Environment = var.environment }
}

resource "terraform_data" "later" {
  input = "known after apply"
}

provider "aws" {
  default_tags {
    tags = merge(local.shared, { Owner = terraform_data.later.output })
  }
}

provider "aws" {
  alias = "project"
  default_tags {
    tags = merge(local.shared, { Project = terraform_data.later.output })
  }
}

provider "aws" {
  alias = "secret"
  default_tags {
    tags = { CostCenter = var.secret, Environment = "production", Project = "online-education" }
  }
}

resource "aws_vpc" "fail_project" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "pass_project" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "online-education", Name = terraform_data.later.output }
}

resource "aws_vpc" "unknown_project" {
  provider   = aws.project
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "pass_secret" {
  provider   = aws.secret
  cidr_block = "10.0.0.0/16"
}
