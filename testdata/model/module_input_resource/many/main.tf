variable "buckets" {}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each = var.buckets
  bucket   = each.value.id
}

resource "aws_s3_bucket_versioning" "constant" {
  bucket = var.buckets["x"].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "by_key" {
  for_each = toset(["y"])
  bucket   = var.buckets[each.key].id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
