# The instance of the same key.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x", "y"])
  bucket   = aws_s3_bucket.b[each.key].id
}
