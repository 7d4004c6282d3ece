# A local value holds the id itself: the plan's JSON does not tell whose it is.
locals {
  id = aws_s3_bucket.b.id
}

resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = local.id
}

module "m" {
  source = "./closed"
  bucket = local.id
}
