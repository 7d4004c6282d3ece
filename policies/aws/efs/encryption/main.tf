terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_efs_file_system" "fail_left_out" {
  creation_token = "fail_left_out"
}

resource "aws_efs_file_system" "fail_off" {
  encrypted = false
}

resource "aws_efs_file_system" "pass_default_key" {
  encrypted = true
}

resource "aws_kms_key" "main" {
  description = "Files"
}

resource "aws_efs_file_system" "pass_key" {
  encrypted  = "true"
  kms_key_id = aws_kms_key.main.arn
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_efs_file_system" "unknown_encrypted" {
  encrypted = terraform_data.later.output
}

module "system" {
  source    = "./module"
  for_each  = { pass_encrypted = true, fail_plain = false }
  encrypted = each.value
}
