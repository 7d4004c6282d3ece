variable "name" {
  type = string
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "guardduty" {
  name          = "${var.name}-guardduty"
  event_pattern = jsonencode({ source = ["aws.guardduty"], detail-type = ["GuardDuty Finding"] })
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule = aws_cloudwatch_event_rule.guardduty.name
  arn  = "arn:aws:sns:us-east-1:123456789012:alerts"
}
