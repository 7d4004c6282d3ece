resource "aws_s3_bucket" "one" {}

resource "aws_s3_bucket" "two" {}

output "one" {
  value = aws_s3_bucket.one.id
}

output "two" {
  value = aws_s3_bucket.two.id
}
