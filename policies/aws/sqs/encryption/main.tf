provider "aws" {
  region = "us-east-1"
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_sqs_queue" "pass_left_out" {
  name = "left-out"
}

resource "aws_sqs_queue" "pass_managed" {
  name                    = "managed"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "pass_key" {
  name              = "key"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sqs_queue" "pass_alias" {
  name              = "alias"
  kms_master_key_id = "alias/aws/sqs"
}

resource "aws_sqs_queue" "fail_off" {
  name                    = "off"
  sqs_managed_sse_enabled = false
}

resource "terraform_data" "switch" {
  input = false
}

resource "aws_sqs_queue" "unknown_switch" {
  name                    = "switch"
  sqs_managed_sse_enabled = terraform_data.switch.output
}

module "queues" {
  source   = "./module"
  for_each = { pass_on = true, fail_off = false }
  name     = each.key
  managed  = each.value
}
