variable "names" {
  type = set(string)
}

resource "aws_s3_bucket" "this" {
  for_each = var.names
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = var.names
  bucket   = aws_s3_bucket.this[each.value].id
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

output "ids" {
  value = { for key, bucket in aws_s3_bucket.this : key => bucket.id }
}
