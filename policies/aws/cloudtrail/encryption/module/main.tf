variable "name" {
  type = string
}

variable "key" {
  type = string
}

resource "aws_cloudtrail" "this" {
  name           = var.name
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = var.key
}
