terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "pass_association" {
  alarm_name          = "pass_association"
  namespace           = "CWAgent"
  metric_name         = "mem_used_percent"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_ssm_association" "agent" {
  name = "AmazonCloudWatch-ManageAgent"
  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}
