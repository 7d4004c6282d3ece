# A key that no instance has, with something else in its place.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x", "y"])
  bucket   = try(aws_s3_bucket.b[each.key].id, "elsewhere")
}

resource "aws_s3_bucket" "named" {
  bucket = "each-key-fallback"
}

resource "aws_s3_bucket_versioning" "v" {
  for_each = toset(["each-key-fallback", "elsewhere"])
  bucket   = each.key == aws_s3_bucket.named.bucket ? aws_s3_bucket.named.bucket : each.key
  versioning_configuration {
    status = "Enabled"
  }
}
