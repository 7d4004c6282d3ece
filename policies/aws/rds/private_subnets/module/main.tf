variable "name" {
  type = string
}

variable "subnets" {
  type = list(string)
}

resource "aws_db_subnet_group" "this" {
  name       = replace(var.name, "_", "-")
  subnet_ids = var.subnets
}
