terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 2
  metric_query {
    id          = "failed"
    return_data = true
    metric {
      namespace   = "Payments"
      metric_name = "Failed"
      period      = 300
      stat        = "Sum"
    }
  }
}
