# Fallbacks: what is there once is certain, what may be either is not.
variable "given" {
  type    = string
  default = null
}

resource "aws_kms_key" "made" {
  count = 1
}

resource "aws_kms_key" "unmade" {
  count = 0
}

resource "aws_kms_key" "other" {}

resource "aws_sns_topic" "made" {
  kms_master_key_id = try(aws_kms_key.made[0].arn, null)
}

resource "aws_sns_topic" "unmade" {
  kms_master_key_id = try(aws_kms_key.unmade[0].arn, null)
}

resource "aws_sns_topic" "else_other" {
  kms_master_key_id = try(aws_kms_key.unmade[0].arn, aws_kms_key.other.arn)
}

resource "aws_sns_topic" "either" {
  kms_master_key_id = try(aws_kms_key.made[0].arn, aws_kms_key.other.arn)
}

resource "aws_sns_topic" "given_or_other" {
  kms_master_key_id = coalesce(var.given, aws_kms_key.other.arn)
}
