resource "aws_s3_bucket" "this" {}

resource "aws_s3_bucket" "maybe" {
  count = 1
}

output "id" {
  value = aws_s3_bucket.this.id
}

output "maybe" {
  value = one(aws_s3_bucket.maybe[*].id)
}

output "legacy" {
  value = try(aws_s3_bucket.maybe[0].id, "")
}
