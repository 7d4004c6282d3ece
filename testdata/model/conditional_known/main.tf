# Where the value is known, it tells which of the candidates is meant.
variable "first" {
  default = true
}

resource "aws_s3_bucket" "one" {
  bucket = "conditional-one"
}

resource "aws_s3_bucket" "two" {
  bucket = "conditional-two"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = var.first ? aws_s3_bucket.one.bucket : aws_s3_bucket.two.bucket
}

resource "aws_s3_bucket" "many" {
  for_each = toset(["x", "y"])
  bucket   = "conditional-${each.key}"
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = lookup({ for key, bucket in aws_s3_bucket.many : key => bucket.bucket }, "y")
  versioning_configuration {
    status = "Enabled"
  }
}
