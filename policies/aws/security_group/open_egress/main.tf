terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Inline blocks.
resource "aws_security_group" "fail_all" {
  name = "fail_all"
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_ipv6" {
  name = "fail_ipv6"
  egress {
    protocol         = "all"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "fail_one_port" {
  name = "fail_one_port"
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    protocol    = "tcp"
    from_port   = 25
    to_port     = 25
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Two halves are the internet.
resource "aws_security_group" "fail_halves" {
  name = "fail_halves"
  egress {
    protocol    = "udp"
    from_port   = 53
    to_port     = 53
    cidr_blocks = ["0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/1"]
  }
}

resource "aws_security_group" "pass_half" {
  name = "pass_half"
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["128.0.0.0/1"]
  }
}

# Terraform removes the rule to everywhere that AWS gives a new group.
resource "aws_security_group" "pass_left_out" {
  name = "pass_left_out"
}

resource "aws_security_group" "pass_none" {
  name   = "pass_none"
  egress = []
}

resource "aws_security_group" "pass_inner" {
  name = "pass_inner"
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["10.0.0.0/8"]
    ipv6_cidr_blocks = ["fd00::/8"]
  }
}

resource "aws_security_group" "pass_ping" {
  name = "pass_ping"
  egress {
    protocol    = "icmp"
    from_port   = 8
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# What it lets in is another policy's.
resource "aws_security_group" "pass_ingress" {
  name = "pass_ingress"
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_eip" "office" {
  domain = "vpc"
}

resource "aws_security_group" "unknown_range" {
  name = "unknown_range"
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["${aws_eip.office.public_ip}/32"]
  }
}

resource "aws_default_security_group" "fail_default" {
  vpc_id = "vpc-0123456789abcdef0"
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "pass_default" {
  vpc_id = "vpc-0123456789abcdef1"
}

# Rules of their own, older and newer.
resource "aws_security_group_rule" "fail_rule" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "6"
  from_port         = 0
  to_port           = 65535
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "fail_rule_ipv6" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  ipv6_cidr_blocks  = ["::/0"]
}

resource "aws_security_group_rule" "pass_rule" {
  type                     = "egress"
  security_group_id        = "sg-0123456789abcdef0"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = "sg-0123456789abcdef1"
}

resource "aws_security_group_rule" "unknown_rule" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["${aws_eip.office.public_ip}/32"]
}

resource "aws_security_group_rule" "na_ingress_rule" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_egress_rule" "fail_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "fail_new_ipv6" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv6         = "::/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "pass_prefix_list" {
  security_group_id = "sg-0123456789abcdef0"
  prefix_list_id    = "pl-0123456789abcdef0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "unknown_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "${aws_eip.office.public_ip}/32"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

module "rule" {
  source = "./module"
  for_each = {
    fail_world = "0.0.0.0/0"
    pass_vpc   = "10.0.0.0/16"
  }
  range = each.value
}

resource "aws_vpc_security_group_egress_rule" "unknown_reversed" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 22
}
