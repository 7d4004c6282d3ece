# A name that two resources have tells neither.
resource "aws_s3_bucket" "one" {
  bucket = "named-twice"
}

resource "aws_s3_bucket" "two" {
  bucket = "named-twice"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = "named-twice"
}
