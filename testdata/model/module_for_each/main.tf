# A module with for_each, whose instances hold different arguments.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

module "by_key" {
  source   = "./closed"
  for_each = toset(["x", "y"])
  bucket   = aws_s3_bucket.b[each.key].id
}

module "by_value" {
  source   = "./closed"
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
}

module "other_way_round" {
  source   = "./closed"
  for_each = { x = "y", y = "x" }
  bucket   = aws_s3_bucket.b[each.value].id
}

resource "aws_s3_bucket_versioning" "constant" {
  bucket = module.by_key["x"].bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "each" {
  for_each = toset(["x", "y"])
  bucket   = module.other_way_round[each.key].bucket
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
