terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  alias  = "pass_east"
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  provider   = aws.pass_east
  cidr_block = "10.0.0.0/16"
}

resource "terraform_data" "main" {}

module "pass_inner" {
  source = "./unpinned"
}
