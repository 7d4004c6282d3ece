# A key made of each.key by a template: no instance has the key itself, so any may be meant.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x-logs", "y-logs"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x", "y"])
  bucket   = aws_s3_bucket.b["${each.key}-logs"].id
}
