# A module gives out the id of its bucket: directly, through one(), and under a condition.
module "m" {
  source = "./bucket"
}

resource "aws_s3_bucket_public_access_block" "direct" {
  bucket = module.m.id
}

resource "aws_s3_bucket_versioning" "maybe" {
  bucket = module.m.maybe
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "legacy" {
  bucket = module.m.legacy
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
