terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "namespace" {
  input = "CWAgent"
}

resource "aws_cloudwatch_metric_alarm" "unknown_namespace" {
  alarm_name          = "unknown_namespace"
  namespace           = terraform_data.namespace.output
  metric_name         = "mem_used_percent"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

