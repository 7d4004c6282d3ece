resource "aws_ssm_parameter" "p" {
  name        = "/p"
  type        = "String"
  value       = "v"
  description = "old"
}

resource "aws_ssm_parameter" "same" {
  name        = "/same"
  type        = "String"
  value       = "v"
  description = "same"
}

resource "aws_s3_bucket" "b" {
  bucket = "change-update"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket            = aws_s3_bucket.b.id
  block_public_acls = true
}
