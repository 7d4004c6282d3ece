terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "terraform_data" "enabled" {
  input = true
}

resource "aws_cloudwatch_metric_alarm" "fail_left_out" {
  alarm_name          = "fail_left_out"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_metric_alarm" "fail_empty" {
  alarm_name          = "fail_empty"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = []
}

resource "aws_cloudwatch_metric_alarm" "fail_ok_only" {
  alarm_name          = "fail_ok_only"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "fail_disabled" {
  alarm_name          = "fail_disabled"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = [aws_sns_topic.alerts.arn]
  actions_enabled     = false
}

resource "aws_cloudwatch_metric_alarm" "pass_topic" {
  alarm_name          = "pass_topic"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "pass_known" {
  alarm_name          = "pass_known"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]
  actions_enabled     = "true"
}

resource "aws_cloudwatch_metric_alarm" "unknown_enabled" {
  alarm_name          = "unknown_enabled"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = [aws_sns_topic.alerts.arn]
  actions_enabled     = terraform_data.enabled.output
}

resource "aws_cloudwatch_metric_alarm" "na_in_composite" {
  alarm_name          = "na_in_composite"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_metric_alarm" "na_in_two" {
  alarm_name          = "na_in_two"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_composite_alarm" "fail_composite" {
  alarm_name = "fail_composite"
  alarm_rule = "ALARM(${aws_cloudwatch_metric_alarm.na_in_composite.alarm_name})"
}

resource "aws_cloudwatch_composite_alarm" "pass_composite" {
  alarm_name = "pass_composite"
  alarm_rule = join(" AND ", [
    "ALARM(${aws_cloudwatch_metric_alarm.na_in_composite.alarm_name})",
    "ALARM(${aws_cloudwatch_metric_alarm.na_in_two.alarm_name})",
  ])
  alarm_actions = [aws_sns_topic.alerts.arn]
}

module "alarm" {
  source = "./module"
  for_each = {
    fail_module = []
    pass_module = [aws_sns_topic.alerts.arn]
  }
  name    = each.key
  actions = each.value
}
