# A module gives out the ids of resources by key, and a list of them.
module "m" {
  source = "./buckets"
}

resource "aws_s3_bucket_public_access_block" "by_key" {
  for_each = toset(["x", "y"])
  bucket   = module.m.ids[each.key]
}

resource "aws_s3_bucket_versioning" "constant" {
  bucket = module.m.ids["x"]
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "resource" {
  for_each = toset(["x"])
  bucket   = module.m.buckets[each.key].id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_acl" "by_number" {
  count  = 2
  bucket = module.m.list[count.index]
  acl    = "private"
}
