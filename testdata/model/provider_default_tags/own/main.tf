variable "name" {}

variable "secret" {}

provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = {
      Name   = var.name
      Secret = var.secret
    }
  }
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}
