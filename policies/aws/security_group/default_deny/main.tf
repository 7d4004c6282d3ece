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

resource "aws_vpc" "pass_emptied" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_default_security_group" "na_emptied" {
  vpc_id = aws_vpc.pass_emptied.id
}

resource "aws_vpc" "pass_empty_lists" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_default_security_group" "na_empty_lists" {
  vpc_id  = aws_vpc.pass_empty_lists.id
  ingress = []
  egress  = []
}

# Adopted, with the rules that AWS gives it.
resource "aws_vpc" "fail_adopted" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_default_security_group" "na_adopted" {
  vpc_id = aws_vpc.fail_adopted.id
  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Emptied, and filled again.
resource "aws_vpc" "fail_rule" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_default_security_group" "na_rule" {
  vpc_id = aws_vpc.fail_rule.id
}

resource "aws_security_group_rule" "self" {
  type              = "ingress"
  security_group_id = aws_default_security_group.na_rule.id
  self              = true
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

resource "aws_vpc" "fail_new_rule" {
  cidr_block = "10.5.0.0/16"
}

resource "aws_default_security_group" "na_new_rule" {
  vpc_id = aws_vpc.fail_new_rule.id
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_vpc.fail_new_rule.default_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# The account's default VPC.
resource "aws_default_vpc" "fail_default" {
}

# Of VPCs outside the plan.
resource "aws_default_security_group" "pass_outside" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_default_security_group" "fail_outside" {
  vpc_id = "vpc-0123456789abcdef1"
  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = []
}

resource "aws_vpc" "unknown_rules" {
  cidr_block = "10.6.0.0/16"
}

resource "aws_default_security_group" "na_rules" {
  vpc_id  = aws_vpc.unknown_rules.id
  ingress = terraform_data.later.output
}

# Only apply tells which of the two is meant.
resource "terraform_data" "which" {
  input = "a"
}

resource "aws_vpc" "unknown_several" {
  for_each   = { a = 7, b = 8 }
  cidr_block = "10.${each.value}.0.0/16"
}

resource "aws_default_security_group" "pass_several" {
  vpc_id = aws_vpc.unknown_several[terraform_data.which.output].id
}

module "network" {
  source   = "./module"
  for_each = { pass_emptied = 1, fail_kept = 0 }
  groups   = each.value
}
