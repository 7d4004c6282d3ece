terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_kms_key" "audit" {}

data "aws_region" "here" {}

resource "terraform_data" "later" {
  input = "known after apply"
}

resource "aws_cloudtrail" "fail_left_out" {
  name           = "fail_left_out"
  s3_bucket_name = "audit-logs-example"
}

resource "aws_cloudtrail" "fail_null" {
  name           = "fail_null"
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = null
}

resource "aws_cloudtrail" "fail_empty" {
  name           = "fail_empty"
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = ""
}

resource "aws_cloudtrail" "pass_key" {
  name           = "pass_key"
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = aws_kms_key.audit.arn
}

resource "aws_cloudtrail" "pass_arn" {
  name           = "pass_arn"
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_cloudtrail" "unknown_key" {
  name           = "unknown_key"
  s3_bucket_name = "audit-logs-example"
  kms_key_id     = terraform_data.later.output
}

module "trail" {
  source = "./module"
  for_each = {
    fail_none = null
    pass_own  = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
  name = each.key
  key  = each.value
}
