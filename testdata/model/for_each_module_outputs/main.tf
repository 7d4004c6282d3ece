# for_each goes over the instances of a module, or over a map that a module gives out.
module "many" {
  source   = "./bucket"
  for_each = toset(["x", "y"])
}

module "map" {
  source = "./buckets"
}

resource "aws_s3_bucket_public_access_block" "many" {
  for_each = module.many
  bucket   = each.value.id
}

resource "aws_s3_bucket_public_access_block" "map" {
  for_each = module.map.buckets
  bucket   = each.value.id
}

resource "aws_s3_bucket_public_access_block" "ids" {
  for_each = module.map.ids
  bucket   = each.value
}
