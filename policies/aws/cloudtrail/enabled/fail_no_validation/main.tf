terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_cloudtrail" "account" {
  name                  = "account"
  s3_bucket_name        = "audit-logs-example"
  is_multi_region_trail = true
}
