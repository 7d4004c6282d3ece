# A module takes a list of ids, and passes it on or picks from it.
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "s" {
  count      = 2
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}

module "m" {
  source     = "./database"
  subnet_ids = aws_subnet.s[*].id
}
