# A module with count, by a constant number, by count.index, by one() and as a list.
module "m" {
  source = "./bucket"
  count  = 2
}

module "maybe" {
  source = "./bucket"
  count  = 1
}

module "none" {
  source = "./bucket"
  count  = 0
}

resource "aws_s3_bucket_public_access_block" "constant" {
  bucket = module.m[1].id
}

resource "aws_s3_bucket_public_access_block" "by_index" {
  count  = 2
  bucket = module.m[count.index].id
}

resource "aws_s3_bucket_public_access_block" "maybe" {
  bucket = one(module.maybe[*].id)
}

resource "aws_s3_bucket_public_access_block" "none" {
  bucket = try(module.none[0].id, module.maybe[0].id)
}

resource "aws_s3_bucket_public_access_block" "first" {
  bucket = element(module.m[*].id, 0)
}

resource "aws_cloudtrail" "t" {
  name           = "trail"
  s3_bucket_name = module.m.0.id
}
