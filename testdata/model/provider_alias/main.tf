# The provider that a resource uses is no part of what it refers to.
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_s3_bucket" "b" {
  provider = aws.west
}

resource "aws_s3_bucket_public_access_block" "a" {
  provider = aws.west
  bucket   = aws_s3_bucket.b.id
}

module "m" {
  source    = "./closed"
  bucket    = aws_s3_bucket.b.id
  providers = { aws = aws.west }
}
