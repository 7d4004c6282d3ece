variable "name" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_kms_key" "this" {
  policy = var.policy
}

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = aws_kms_key.this.key_id
}

resource "aws_cloudwatch_event_target" "this" {
  rule = "nightly"
  arn  = aws_sns_topic.this.arn
}
