resource "aws_s3_bucket" "this" {}

resource "aws_kms_key" "this" {}

output "id" {
  value = aws_s3_bucket.this.id
}

output "arn" {
  value = aws_s3_bucket.this.arn
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
