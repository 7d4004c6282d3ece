terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "later" {
  input = "known after apply"
}

resource "aws_cloudtrail" "account" {
  name                       = "account"
  s3_bucket_name             = "audit-logs-example"
  is_multi_region_trail      = terraform_data.later.output != "one"
  enable_log_file_validation = true
}
