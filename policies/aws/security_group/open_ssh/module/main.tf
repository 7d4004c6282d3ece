variable "range" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = var.range
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
