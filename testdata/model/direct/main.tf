# A reference to a resource without count or for_each, and to a data source.
resource "aws_s3_bucket" "b" {
  bucket = "direct"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket.b.id
}

resource "aws_s3_bucket_logging" "l" {
  bucket        = aws_s3_bucket.b.bucket
  target_bucket = aws_s3_bucket.b.id
  target_prefix = "log/"
}

data "aws_region" "here" {}

resource "aws_cloudwatch_log_group" "g" {
  name = "/logs/${data.aws_region.here.name}"
}
