# A conditional between two resources that both exist: either may be meant.
variable "first" {
  default = true
}

resource "aws_s3_bucket" "one" {}

resource "aws_s3_bucket" "two" {}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = var.first ? aws_s3_bucket.one.id : aws_s3_bucket.two.id
}
