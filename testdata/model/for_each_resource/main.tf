# for_each goes over the instances of another resource.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_versioning" "v" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = aws_s3_bucket_versioning.v
  bucket   = each.value.bucket
}

resource "aws_s3_bucket_ownership_controls" "o" {
  for_each = aws_s3_bucket.b
  bucket   = aws_s3_bucket.b[each.key].id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
