terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_guardduty_detector" "fail_other_bus" {
  enable = true
}

resource "aws_cloudwatch_event_bus" "security" {
  name = "security"
}

resource "aws_cloudwatch_event_rule" "guardduty" {
  name           = "guardduty"
  event_pattern  = jsonencode({ source = ["aws.guardduty"], detail-type = ["GuardDuty Finding"] })
  event_bus_name = aws_cloudwatch_event_bus.security.name
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule           = aws_cloudwatch_event_rule.guardduty.name
  event_bus_name = aws_cloudwatch_event_bus.security.name
  arn            = "arn:aws:sns:us-east-1:123456789012:alerts"
}
