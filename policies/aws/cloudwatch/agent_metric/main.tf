terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "fail_memory" {
  alarm_name          = "fail_memory"
  namespace           = "CWAgent"
  metric_name         = "mem_used_percent"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_metric_alarm" "na_cpu" {
  alarm_name          = "na_cpu"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    yum install -y amazon-cloudwatch-agent
  EOT
}

resource "aws_cloudwatch_metric_alarm" "fail_query" {
  alarm_name          = "fail_query"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  evaluation_periods  = 2
  metric_query {
    id          = "memory"
    return_data = true
    metric {
      namespace   = "CWAgent"
      metric_name = "mem_used_percent"
      period      = 300
      stat        = "Average"
    }
  }
}

module "alarm" {
  source = "./module"
  names  = ["fail_module"]
}
