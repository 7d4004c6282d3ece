# References in template strings.
resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket" "other" {}

resource "aws_s3_bucket_public_access_block" "whole" {
  bucket = aws_s3_bucket.b.id
}

resource "aws_flow_log" "l" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.b.arn}/flows/"
}

resource "aws_datasync_location_s3" "d" {
  s3_bucket_arn = "arn:aws:s3:::${aws_s3_bucket.other.bucket}"
  subdirectory  = "/${aws_s3_bucket.b.bucket}/"
  s3_config {
    bucket_access_role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
