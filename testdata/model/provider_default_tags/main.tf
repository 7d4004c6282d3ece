# A resource finds the configuration of its provider, and that its default tags. Terraform hands a sensitive variable to
# the provider without its mark, so the plan shows it in tags_all.
# show: provider.aws region
# show: provider.aws default_tags
# show: provider.aws.west region
# show: provider.aws.west default_tags
# show: provider.aws.plain default_tags
# show: module.own.provider.aws region
# show: module.own.provider.aws default_tags
# show: aws_vpc.default provider_config
# show: aws_vpc.default tags_all
# show: aws_vpc.tagged tags_all
# show: aws_vpc.west provider_config
# show: aws_vpc.plain provider_config
# show: module.passed.aws_vpc.this provider_config
# show: module.passed.aws_vpc.this tags_all
# show: module.own.aws_vpc.this provider_config
# show: terraform_data.later provider_config
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "region" {
  default = "us-east-1"
}

variable "secret" {
  default   = "CANARY-secret"
  sensitive = true
}

locals {
  project = "shop"
}

resource "terraform_data" "later" {
  input = "known after apply"
}

provider "aws" {
  region = var.region
  default_tags {
    tags = {
      Project = local.project
      Secret  = var.secret
    }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
  default_tags {
    tags = {
      Environment = "production"
      Project     = "shop"
    }
  }
}

provider "aws" {
  alias = "plain"
}

provider "aws" {
  alias = "later"
  default_tags {
    tags = {
      Owner   = terraform_data.later.output
      Project = "shop"
    }
  }
}

# show: provider.aws.later default_tags
resource "aws_vpc" "default" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "tagged" {
  cidr_block = "10.0.0.0/16"
  tags       = { Secret = "none", Name = "tagged" }
}

resource "aws_vpc" "west" {
  provider   = aws.west
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "plain" {
  provider   = aws.plain
  cidr_block = "10.0.0.0/16"
}

module "passed" {
  source    = "./passed"
  providers = { aws = aws.west }
}

module "own" {
  source = "./own"
  name   = "inner"
  secret = var.secret
}
