variable "site" {
  type = object({ bucket = string, key = string })
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = var.site.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.site.key
    }
  }
}
