# A key that a local value holds: each instance may be meant, because of the local value.
locals {
  k = "x"
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket" "single" {
  for_each = toset(["x"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket.b[local.k].id
}

resource "aws_s3_bucket_public_access_block" "single" {
  bucket = aws_s3_bucket.single[local.k].id
}
