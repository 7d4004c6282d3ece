resource "aws_s3_bucket" "this" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket" "numbered" {
  count = 2
}

output "ids" {
  value = { for key, bucket in aws_s3_bucket.this : key => bucket.id }
}

output "buckets" {
  value = aws_s3_bucket.this
}

output "list" {
  value = aws_s3_bucket.numbered[*].id
}
