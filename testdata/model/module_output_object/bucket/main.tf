resource "aws_s3_bucket" "this" {}

resource "aws_kms_key" "this" {}

output "site" {
  value = { bucket = aws_s3_bucket.this.id, region = "us-east-1" }
}

output "bucket" {
  value = aws_s3_bucket.this
}

output "both" {
  value = { bucket = aws_s3_bucket.this.id, key = aws_kms_key.this.arn }
}
