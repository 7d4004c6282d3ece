variable "subnet_ids" {
  type = list(string)
}

resource "aws_db_subnet_group" "all" {
  subnet_ids = var.subnet_ids
}

resource "aws_nat_gateway" "second" {
  connectivity_type = "private"
  subnet_id         = var.subnet_ids[1]
}

resource "aws_nat_gateway" "each" {
  count             = 2
  connectivity_type = "private"
  subnet_id         = var.subnet_ids[count.index]
}
