# for_each goes over a map or a set made of resources.
resource "aws_s3_bucket" "one" {}

resource "aws_s3_bucket" "two" {}

resource "aws_s3_bucket" "all" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "mixed" {
  for_each = { one = aws_s3_bucket.one.id, two = aws_s3_bucket.two.id }
  bucket   = each.value
}

resource "aws_s3_bucket_public_access_block" "expression" {
  for_each = { for key, bucket in aws_s3_bucket.all : key => bucket.id }
  bucket   = each.value
}

resource "aws_s3_bucket_versioning" "renamed" {
  for_each = { for key, bucket in aws_s3_bucket.all : "v-${key}" => bucket.id }
  bucket   = each.value
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "keys" {
  for_each = toset(keys(aws_s3_bucket.all))
  bucket   = aws_s3_bucket.all[each.value].id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
