resource "aws_s3_bucket" "one" {
  bucket = "moved-block-one"
}

resource "aws_s3_bucket" "two" {
  bucket = "moved-block-two"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket.one.id
}
