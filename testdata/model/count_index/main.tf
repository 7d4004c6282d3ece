# The instance of the same number.
variable "number" {
  default = 2
}

resource "aws_s3_bucket" "b" {
  count = var.number
}

resource "aws_s3_bucket_public_access_block" "a" {
  count  = var.number
  bucket = aws_s3_bucket.b[count.index].id
}

resource "aws_s3_bucket_public_access_block" "by_splat" {
  count  = length(aws_s3_bucket.b)
  bucket = (aws_s3_bucket.b[*].id)[count.index]
}
