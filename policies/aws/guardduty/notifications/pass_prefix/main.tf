terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Named by its known name, which is as good as a reference.
resource "aws_guardduty_detector" "pass_prefix" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "guardduty" {
  name          = "guardduty"
  event_pattern = jsonencode({ source = [{ prefix = "aws." }] })
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule = "guardduty"
  arn  = "arn:aws:sns:us-east-1:123456789012:alerts"
}
