variable "name" {
  type = string
}

resource "aws_cloudtrail" "this" {
  name                       = var.name
  s3_bucket_name             = "audit-logs-example"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  enable_logging             = true
}
