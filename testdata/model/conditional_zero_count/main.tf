# The usual pair of a resource that is made, or one that is there already.
variable "create" {
  default = false
}

resource "aws_s3_bucket" "new" {
  count = var.create ? 1 : 0
}

resource "aws_s3_bucket" "old" {}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = var.create ? aws_s3_bucket.new[0].id : aws_s3_bucket.old.id
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = length(aws_s3_bucket.new) > 0 ? aws_s3_bucket.new[0].id : aws_s3_bucket.old.id
  versioning_configuration {
    status = "Enabled"
  }
}
