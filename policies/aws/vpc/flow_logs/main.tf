terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_vpc" "fail_left_out" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "pass_vpc" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.pass_vpc.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs"
}

# All of its subnets.
resource "aws_vpc" "pass_subnets" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "logged" {
  count      = 2
  vpc_id     = aws_vpc.pass_subnets.id
  cidr_block = "10.2.${count.index}.0/24"
}

resource "aws_flow_log" "subnet" {
  count                = 2
  subnet_id            = aws_subnet.logged[count.index].id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs"
}

# Only one of them.
resource "aws_vpc" "fail_subnet" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_subnet" "one" {
  count      = 2
  vpc_id     = aws_vpc.fail_subnet.id
  cidr_block = "10.3.${count.index}.0/24"
}

resource "aws_flow_log" "one" {
  subnet_id            = aws_subnet.one[0].id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs"
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_vpc" "unknown_several" {
  for_each   = { a = 4, b = 5 }
  cidr_block = "10.${each.value}.0.0/16"
}

resource "aws_flow_log" "several" {
  vpc_id               = aws_vpc.unknown_several[terraform_data.which.output].id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs"
}

module "network" {
  source   = "./module"
  for_each = { pass_logged = 1, fail_dark = 0 }
  logs     = each.value
}
