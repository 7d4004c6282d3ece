variable "group" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = var.group
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
