# In through two modules, out through two, and from one to the other.
resource "aws_s3_bucket" "b" {}

module "down" {
  source = "./outer_in"
  bucket = aws_s3_bucket.b.id
}

module "up" {
  source = "./outer_out"
}

module "across" {
  source = "./outer_in"
  bucket = module.up.bucket
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = module.up.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
