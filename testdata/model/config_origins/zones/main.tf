variable "vpc" {}

variable "zones" {}

variable "fallback" {
  default = "us-east-1b"
}

locals {
  inner = var.zones[0]
}

resource "aws_subnet" "given" {
  count             = length(var.zones)
  vpc_id            = var.vpc
  cidr_block        = "10.0.7.0/24"
  availability_zone = var.zones[count.index]
}

resource "aws_subnet" "default" {
  vpc_id            = var.vpc
  cidr_block        = "10.0.8.0/24"
  availability_zone = var.fallback
}

resource "aws_subnet" "inner" {
  vpc_id            = var.vpc
  cidr_block        = "10.0.9.0/24"
  availability_zone = local.inner
}

output "first" {
  value = aws_subnet.given[0].availability_zone
}
