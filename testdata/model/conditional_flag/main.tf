# A flag that tells whether there is a resource at all tells that it is meant, where there is one.
variable "create" {
  default = true
}

variable "key_arn" {
  type    = string
  default = null
}

variable "use" {
  default = false
}

resource "aws_kms_key" "k" {
  count = var.create ? 1 : 0
}

resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket" "named" {
  bucket = "conditional-flag"
}

resource "aws_sns_topic" "t" {
  kms_master_key_id = var.create ? aws_kms_key.k[0].arn : var.key_arn
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each = var.create ? { b = aws_s3_bucket.b.id } : {}
  bucket   = each.value
}

resource "aws_s3_bucket_public_access_block" "other_side" {
  bucket = var.use ? aws_s3_bucket.named.bucket : "elsewhere"
}
