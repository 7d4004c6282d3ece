# A splat in an argument that takes a list names all instances, each for certain.
resource "aws_subnet" "s" {
  count      = 2
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "g" {
  for_each = toset(["x", "y"])
  vpc_id   = aws_vpc.v.id
}

resource "aws_db_subnet_group" "new" {
  subnet_ids = aws_subnet.s[*].id
}

resource "aws_elasticache_subnet_group" "legacy" {
  name       = "legacy"
  subnet_ids = aws_subnet.s.*.id
}

resource "aws_lb" "l" {
  name            = "l"
  subnets         = slice(aws_subnet.s[*].id, 0, 1)
  security_groups = [for group in aws_security_group.g : group.id]
}

resource "aws_autoscaling_group" "a" {
  max_size             = 1
  min_size             = 1
  launch_configuration = "c"
  vpc_zone_identifier  = aws_subnet.s[*].id
}
