# A public access block for one of two buckets: the other has none.
resource "aws_s3_bucket" "closed" {}

resource "aws_s3_bucket" "open" {}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = { closed = aws_s3_bucket.closed.id }
  bucket   = each.value
}

resource "aws_s3_bucket" "many" {
  for_each = toset(["closed", "open"])
}

resource "aws_s3_bucket_public_access_block" "many" {
  for_each = toset(["closed"])
  bucket   = aws_s3_bucket.many[each.key].id
}
