variable "key_arn" {
  type    = string
  default = null
}

variable "name" {
  default = "known-by-default"
}

resource "aws_s3_bucket" "this" {
  bucket_prefix = var.name
}

resource "aws_sns_topic" "this" {
  kms_master_key_id = var.key_arn
}

resource "aws_kms_key" "this" {
  description = var.name
}
