# As many instances as the resource has, or a resource of one, tell what count.index means; fewer or more do not, since
# the plan's JSON has no arithmetic: this may be count.index + 1 as well as count.index.
resource "aws_subnet" "three" {
  count      = 3
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_nat_gateway" "only" {
  count             = 1
  connectivity_type = "private"
  subnet_id         = aws_subnet.three[count.index].id
}

resource "aws_route_table" "three" {
  count  = 3
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route" "to_the_only" {
  count                  = 3
  route_table_id         = aws_route_table.three[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.only[*].id, count.index)
}

resource "aws_route_table_association" "shifted" {
  count          = 2
  route_table_id = "rtb-0123456789abcdef0"
  subnet_id      = aws_subnet.three[count.index + 1].id
}

module "network" {
  source = "./network"
}

resource "aws_network_acl_association" "of_output" {
  count          = 2
  network_acl_id = "acl-0123456789abcdef0"
  subnet_id      = module.network.subnet_ids[count.index + 1]
}

resource "aws_network_acl_association" "of_all_of_output" {
  count          = 3
  network_acl_id = "acl-0123456789abcdef0"
  subnet_id      = module.network.subnet_ids[count.index]
}
