resource "aws_s3_bucket" "this" {
  for_each = toset(["x", "y"])
}

output "buckets" {
  value = aws_s3_bucket.this
}

output "ids" {
  value = { for key, bucket in aws_s3_bucket.this : key => bucket.id }
}
