variable "names" {
  type = set(string)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.names
  alarm_name          = each.key
  namespace           = "CWAgent"
  metric_name         = "disk_used_percent"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}
