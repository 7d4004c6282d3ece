variable "name" {
  type = string
}

variable "description" {
  type = string
}

resource "aws_security_group" "this" {
  name        = var.name
  description = var.description
}
