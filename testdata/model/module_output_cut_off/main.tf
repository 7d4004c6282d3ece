# The output behind a key that is not constant is cut off in the plan's JSON: it is one that leads to what the argument
# takes, if there is only one such.
module "m" {
  source   = "./bucket"
  for_each = toset(["x", "y"])
}

module "pair" {
  source   = "./pair"
  for_each = toset(["x"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x", "y"])
  bucket   = module.m[each.key].id
}

resource "aws_sns_topic" "t" {
  for_each          = toset(["x", "y"])
  kms_master_key_id = module.m[each.key].key_arn
}

resource "aws_s3_bucket_logging" "of_two" {
  for_each      = toset(["x"])
  bucket        = module.pair[each.key].one
  target_bucket = module.pair[each.key].two
  target_prefix = ""
}
