variable "key" {}

resource "aws_s3_bucket" "this" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this[var.key].id
}
