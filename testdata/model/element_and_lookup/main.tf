# Functions that choose one of several. The plan's JSON leaves their arguments out, so which one is meant is not
# certain, but for element() by count.index.
resource "aws_subnet" "s" {
  count      = 2
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "by_index" {
  count             = 2
  connectivity_type = "private"
  subnet_id         = element(aws_subnet.s[*].id, count.index)
}

resource "aws_nat_gateway" "beyond" {
  count             = 3
  connectivity_type = "private"
  subnet_id         = element(aws_subnet.s.*.id, count.index)
}

resource "aws_nat_gateway" "first" {
  connectivity_type = "private"
  subnet_id         = element(aws_subnet.s[*].id, 0)
}

resource "aws_nat_gateway" "of_splat" {
  connectivity_type = "private"
  subnet_id         = (aws_subnet.s[*].id)[1]
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "looked_up" {
  bucket = lookup({ for key, bucket in aws_s3_bucket.b : key => bucket.id }, "x", "")
}

resource "aws_s3_bucket_public_access_block" "values" {
  bucket = values(aws_s3_bucket.b)[0].id
}
