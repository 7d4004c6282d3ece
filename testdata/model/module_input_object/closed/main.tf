variable "site" {
  type = object({ bucket = string, name = string })
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = var.site.bucket
}
