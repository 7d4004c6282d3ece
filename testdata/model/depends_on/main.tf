# depends_on orders, and refers to nothing.
resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket" "other" {}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket     = aws_s3_bucket.b.id
  depends_on = [aws_s3_bucket.other]
}
