terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_security_group" "fail_left_out" {
  name = "fail_left_out"
}

resource "aws_security_group" "fail_terraform" {
  name        = "fail_terraform"
  description = "Managed by Terraform"
}

resource "aws_security_group" "pass_described" {
  name        = "pass_described"
  description = "The shop"
}

# Rules within a group.
resource "aws_security_group" "fail_ingress" {
  name        = "fail_ingress"
  description = "The shop"
  ingress {
    description = "Customers"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["203.0.113.0/24"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["203.0.113.0/24"]
  }
}

resource "aws_security_group" "fail_egress" {
  name        = "fail_egress"
  description = "The shop"
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group" "pass_rules" {
  name        = "pass_rules"
  description = "The shop"
  ingress {
    description = "Customers"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["203.0.113.0/24"]
  }
  egress = []
}

# Rules of their own, older and newer.
resource "aws_security_group_rule" "fail_rule" {
  type              = "ingress"
  security_group_id = aws_security_group.pass_described.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["203.0.113.0/24"]
}

resource "aws_security_group_rule" "pass_rule" {
  type              = "ingress"
  description       = "Customers"
  security_group_id = aws_security_group.pass_described.id
  protocol          = "tcp"
  from_port         = 8443
  to_port           = 8443
  cidr_blocks       = ["203.0.113.0/24"]
}

resource "aws_vpc_security_group_ingress_rule" "fail_new_ingress" {
  security_group_id = aws_security_group.pass_described.id
  cidr_ipv4         = "203.0.113.0/24"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "pass_new_ingress" {
  description       = "Customers"
  security_group_id = aws_security_group.pass_described.id
  cidr_ipv4         = "198.51.100.0/24"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "fail_new_egress" {
  security_group_id = aws_security_group.pass_described.id
  cidr_ipv4         = "203.0.113.0/24"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "pass_new_egress" {
  description       = "To customers"
  security_group_id = aws_security_group.pass_described.id
  cidr_ipv4         = "198.51.100.0/24"
  ip_protocol       = "-1"
}

# AWS writes the description of a default group: it is not examined.
resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0123456789abcdef0"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "The shop"
}

resource "aws_security_group" "unknown_group" {
  name        = "unknown_group"
  description = terraform_data.later.output
}

resource "aws_security_group_rule" "unknown_rule" {
  type              = "ingress"
  description       = terraform_data.later.output
  security_group_id = aws_security_group.pass_described.id
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["203.0.113.0/24"]
}

module "group" {
  source      = "./module"
  for_each    = { pass_described = "The shop", fail_undescribed = null }
  name        = each.key
  description = each.value
}
