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
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_ipv6" {
  name = "fail_ipv6"
  ingress {
    protocol         = "all"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}

# Both ports are public, those between them are not.
resource "aws_security_group" "fail_wide_ports" {
  name = "fail_wide_ports"
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "fail_one_port" {
  name = "fail_one_port"
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Two halves are the internet.
resource "aws_security_group" "fail_halves" {
  name = "fail_halves"
  ingress {
    protocol         = "udp"
    from_port        = 53
    to_port          = 53
    ipv6_cidr_blocks = ["::/1", "8000::/1"]
  }
}

resource "aws_security_group" "pass_half" {
  name = "pass_half"
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["128.0.0.0/1"]
  }
}

resource "aws_security_group" "pass_left_out" {
  name = "pass_left_out"
}

resource "aws_security_group" "pass_public" {
  name = "pass_public"
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
  ingress {
    protocol    = "udp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "pass_inner" {
  name = "pass_inner"
  ingress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["10.0.0.0/8"]
    ipv6_cidr_blocks = ["fd00::/8"]
  }
}

resource "aws_security_group" "pass_ping" {
  name = "pass_ping"
  ingress {
    protocol    = "icmp"
    from_port   = 8
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "pass_self" {
  name = "pass_self"
  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}

# What it lets out is another policy's.
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
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["${aws_eip.office.public_ip}/32"]
  }
}

resource "aws_default_security_group" "fail_default" {
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 65535
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
  protocol          = "6"
  from_port         = 3306
  to_port           = 3306
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "fail_rule_ipv6" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 3306
  to_port           = 3306
  ipv6_cidr_blocks  = ["::/0"]
}

resource "aws_security_group_rule" "pass_rule" {
  type                     = "ingress"
  security_group_id        = "sg-0123456789abcdef0"
  protocol                 = "tcp"
  from_port                = 3306
  to_port                  = 3306
  source_security_group_id = "sg-0123456789abcdef1"
}

resource "aws_security_group_rule" "pass_rule_public" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "unknown_rule" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_blocks       = ["${aws_eip.office.public_ip}/32"]
}

resource "aws_security_group_rule" "na_egress_rule" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "fail_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "fail_new_ipv6" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv6         = "::/0"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8443
}

resource "aws_vpc_security_group_ingress_rule" "pass_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "203.0.113.0/24"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8443
}

resource "aws_vpc_security_group_ingress_rule" "unknown_new" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "${aws_eip.office.public_ip}/32"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8443
}

module "rule" {
  source = "./module"
  for_each = {
    fail_world = "0.0.0.0/0"
    pass_vpc   = "10.0.0.0/16"
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
