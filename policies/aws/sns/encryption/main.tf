provider "aws" {
  region = "us-east-1"
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_kms_alias" "main" {
  name          = "alias/topics"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_sns_topic" "pass_key" {
  name              = "key"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sns_topic" "pass_alias" {
  name              = "alias"
  kms_master_key_id = aws_kms_alias.main.name
}

resource "aws_sns_topic" "pass_literal" {
  name              = "literal"
  kms_master_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

resource "aws_sns_topic" "fail_left_out" {
  name = "left-out"
}

resource "aws_sns_topic" "fail_empty" {
  name              = "empty"
  kms_master_key_id = ""
}

resource "terraform_data" "key" {
  input = "alias/given"
}

resource "aws_sns_topic" "unknown_key" {
  name              = "unknown"
  kms_master_key_id = terraform_data.key.output
}

module "topics" {
  source   = "./module"
  for_each = { pass_given = aws_kms_key.main.arn, fail_null = null }
  name     = each.key
  key      = each.value
}
