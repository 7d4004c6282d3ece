terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# One good trail suffices.
resource "aws_cloudtrail" "account" {
  name                       = "account"
  s3_bucket_name             = "audit-logs-example"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}

resource "aws_cloudtrail" "old" {
  name           = "old"
  s3_bucket_name = "audit-logs-example"
}
