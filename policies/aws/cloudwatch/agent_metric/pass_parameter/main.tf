terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "pass_parameter" {
  alarm_name          = "pass_parameter"
  namespace           = "CWAgent"
  metric_name         = "mem_used_percent"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_ssm_parameter" "agent" {
  name  = "/cloudwatch/agent"
  type  = "String"
  value = jsonencode({ metrics = { metrics_collected = { mem = { measurement = ["mem_used_percent"] } } } })
}

resource "aws_launch_template" "app" {
  name      = "app"
  user_data = base64encode("#!/bin/bash\n/opt/start ${aws_ssm_parameter.agent.arn}\n")
}
