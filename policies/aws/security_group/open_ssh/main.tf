terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Inline blocks.
resource "aws_security_group" "fail_ssh" {
  name = "fail_ssh"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_rdp" {
  name = "fail_rdp"
  ingress {
    protocol    = "tcp"
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_rdp_udp" {
  name = "fail_rdp_udp"
  ingress {
    protocol    = "udp"
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_ipv6" {
  name = "fail_ipv6"
  ingress {
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "fail_ports_around" {
  name = "fail_ports_around"
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 1024
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_all_protocols" {
  name = "fail_all_protocols"
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_by_number" {
  name = "fail_by_number"
  ingress {
    protocol    = "6"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Two halves are the internet, and each is wider than /8.
resource "aws_security_group" "fail_halves" {
  name = "fail_halves"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}

resource "aws_security_group" "fail_wide" {
  name = "fail_wide"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["8.0.0.0/7"]
  }
}

resource "aws_security_group" "fail_wide_ipv6" {
  name = "fail_wide_ipv6"
  ingress {
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22
    ipv6_cidr_blocks = ["2000::/3"]
  }
}

resource "aws_security_group" "pass_widest" {
  name = "pass_widest"
  ingress {
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22
    cidr_blocks      = ["10.0.0.0/8"]
    ipv6_cidr_blocks = ["2001:db8::/32"]
  }
}

resource "aws_security_group" "pass_other_ports" {
  name = "pass_other_ports"
  ingress {
    protocol    = "tcp"
    from_port   = 23
    to_port     = 3388
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 21
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 3390
    to_port     = 65535
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "pass_ssh_over_udp" {
  name = "pass_ssh_over_udp"
  ingress {
    protocol    = "udp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "pass_ping" {
  name = "pass_ping"
  ingress {
    protocol    = "icmp"
    from_port   = 0
    to_port     = 255
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "pass_left_out" {
  name = "pass_left_out"
}

resource "aws_security_group" "pass_egress" {
  name = "pass_egress"
  egress {
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
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["${aws_eip.office.public_ip}/32"]
  }
}

resource "aws_default_security_group" "fail_default" {
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "pass_default" {
  vpc_id = "vpc-0123456789abcdef1"
}

# Rules of their own, older and newer.
resource "aws_security_group_rule" "fail_rule" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 20
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "fail_rule_ipv6" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  ipv6_cidr_blocks  = ["::/0"]
}

resource "aws_security_group_rule" "pass_rule" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["203.0.113.0/24"]
}

resource "aws_security_group_rule" "unknown_rule" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["${aws_eip.office.public_ip}/32"]
}

resource "aws_security_group_rule" "na_egress_rule" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "fail_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_ingress_rule" "fail_new_all" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv6         = "::/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "pass_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "203.0.113.0/24"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_ingress_rule" "pass_from_group" {
  security_group_id            = "sg-0123456789abcdef0"
  referenced_security_group_id = "sg-0123456789abcdef1"
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "unknown_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "${aws_eip.office.public_ip}/32"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

module "rule" {
  source = "./module"
  for_each = {
    fail_world  = "0.0.0.0/0"
    pass_office = "203.0.113.0/24"
  }
  range = each.value
}

resource "aws_vpc_security_group_ingress_rule" "unknown_reversed" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 22
}
