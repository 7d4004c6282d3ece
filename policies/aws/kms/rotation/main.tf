terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_kms_key" "fail_left_out" {
  description = "Rotation is off unless it is turned on"
}

resource "aws_kms_key" "fail_off" {
  enable_key_rotation = false
}

resource "aws_kms_key" "fail_explicit" {
  key_usage                = "ENCRYPT_DECRYPT"
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
}

resource "aws_kms_key" "fail_multi_region" {
  multi_region = true
}

resource "aws_kms_key" "pass_on" {
  enable_key_rotation = true
}

resource "aws_kms_key" "pass_string" {
  enable_key_rotation     = "true"
  rotation_period_in_days = 180
}

# KMS cannot rotate these.
resource "aws_kms_key" "na_asymmetric" {
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
}

resource "aws_kms_key" "na_asymmetric_encryption" {
  customer_master_key_spec = "RSA_4096"
}

resource "aws_kms_key" "na_hmac" {
  key_usage                = "GENERATE_VERIFY_MAC"
  customer_master_key_spec = "HMAC_256"
}

resource "aws_kms_key" "na_custom_store" {
  custom_key_store_id = "cks-1234567890abcdef0"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_kms_key" "unknown_rotation" {
  enable_key_rotation = terraform_data.later.output
}

module "key" {
  source   = "./module"
  for_each = { pass_rotated = true, fail_kept = false }
  rotate   = each.value
}
