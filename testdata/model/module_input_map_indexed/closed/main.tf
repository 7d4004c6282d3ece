variable "buckets" {
  type = map(string)
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each = toset(["x"])
  bucket   = var.buckets[each.key]
}

resource "aws_s3_bucket_versioning" "constant" {
  bucket = var.buckets["y"]
  versioning_configuration {
    status = "Enabled"
  }
}
