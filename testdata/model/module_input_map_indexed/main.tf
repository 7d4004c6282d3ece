# A module takes a map of ids, and picks from it by each.key and by a constant.
resource "aws_s3_bucket" "many" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket" "one" {}

resource "aws_s3_bucket" "two" {}

module "expression" {
  source  = "./closed"
  buckets = { for key, bucket in aws_s3_bucket.many : key => bucket.id }
}

module "listed" {
  source  = "./closed"
  buckets = { x = aws_s3_bucket.one.id, y = aws_s3_bucket.two.id }
}
