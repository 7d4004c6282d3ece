terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# One rule without a target, and one for other events.
resource "aws_guardduty_detector" "fail_others" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "guardduty" {
  name          = "guardduty"
  event_pattern = jsonencode({ source = ["aws.guardduty"], detail-type = ["GuardDuty Finding"] })
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = "arn:aws:sns:us-east-1:123456789012:alerts"
}
