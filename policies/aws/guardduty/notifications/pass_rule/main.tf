terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_guardduty_detector" "pass_rule" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "guardduty" {
  name          = "guardduty"
  event_pattern = jsonencode({ source = ["aws.guardduty"], detail-type = ["GuardDuty Finding"] })
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule = aws_cloudwatch_event_rule.guardduty.name
  arn  = "arn:aws:sns:us-east-1:123456789012:alerts"
}
