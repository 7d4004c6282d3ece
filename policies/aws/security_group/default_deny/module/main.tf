variable "groups" {
  type = number
}

resource "aws_vpc" "this" {
  cidr_block = "10.9.0.0/16"
}

resource "aws_default_security_group" "na_group" {
  count  = var.groups
  vpc_id = aws_vpc.this.id
}
