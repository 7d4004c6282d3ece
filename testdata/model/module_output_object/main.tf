# A module gives out an object, and a whole resource.
module "m" {
  source = "./bucket"
}

resource "aws_s3_bucket_public_access_block" "member" {
  bucket = module.m.site.bucket
}

resource "aws_s3_bucket_versioning" "resource" {
  bucket = module.m.bucket.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "of_two" {
  bucket = module.m.both.bucket
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
