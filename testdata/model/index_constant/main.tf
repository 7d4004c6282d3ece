# Constant keys: of count, also as Terraform 0.11 wrote them, and of for_each.
resource "aws_s3_bucket" "n" {
  count = 2
}

resource "aws_s3_bucket" "k" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "n" {
  bucket = aws_s3_bucket.n[1].id
}

resource "aws_s3_bucket_public_access_block" "legacy" {
  bucket = aws_s3_bucket.n.0.id
}

resource "aws_s3_bucket_public_access_block" "k" {
  bucket = aws_s3_bucket.k["x"].id
}
