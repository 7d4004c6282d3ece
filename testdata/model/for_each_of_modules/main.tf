# What for_each goes over is made of several modules' outputs: which of them an instance has, the plan does not tell.
module "api" {
  source = "./server"
}

module "jobs" {
  source = "./server"
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  for_each            = { api = module.api.id, jobs = module.jobs.id }
  alarm_name          = each.key
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 80
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  dimensions          = { InstanceId = each.value }
}

resource "aws_cloudwatch_metric_alarm" "disk" {
  for_each            = { api = module.api, jobs = module.jobs }
  alarm_name          = each.key
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 80
  metric_name         = "DiskReadOps"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  dimensions          = { InstanceId = each.value.id }
}
