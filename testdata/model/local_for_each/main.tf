# Both sides go over the same local value. The keys are those of the instances; what else is in it the plan's JSON does
# not tell.
locals {
  sites = {
    x = { bucket = "y" }
    y = { bucket = "x" }
  }
  names = toset(["x", "y"])
}

resource "aws_s3_bucket" "b" {
  for_each = local.sites
}

resource "aws_s3_bucket_public_access_block" "key" {
  for_each = local.sites
  bucket   = aws_s3_bucket.b[each.key].id
}

resource "aws_s3_bucket_public_access_block" "member" {
  for_each = local.sites
  bucket   = aws_s3_bucket.b[each.value.bucket].id
}

resource "aws_s3_bucket_public_access_block" "set" {
  for_each = local.names
  bucket   = aws_s3_bucket.b[each.value].id
}
