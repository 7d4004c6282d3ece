# A member of each.value is the key, or is the reference itself.
variable "sites" {
  default = {
    one = { bucket = "y", public = true }
    two = { bucket = "x", public = false }
  }
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "key" {
  for_each          = var.sites
  bucket            = aws_s3_bucket.b[each.value.bucket].id
  block_public_acls = !each.value.public
}

resource "aws_s3_bucket_public_access_block" "reference" {
  for_each = {
    one = { bucket = aws_s3_bucket.b["x"].id }
    two = { bucket = aws_s3_bucket.b["y"].id }
  }
  bucket = each.value.bucket
}
