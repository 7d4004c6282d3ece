# A known limit: the plan's JSON tells one of all instances from all of them in no list, ordered or not, so without the
# configuration itself all are taken to be meant.
resource "aws_sns_topic" "t" {
  for_each = toset(["a", "b"])
}

resource "aws_subnet" "s" {
  for_each   = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = each.value
}

resource "aws_cloudwatch_metric_alarm" "first" {
  alarm_name          = "first"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 80
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  alarm_actions       = [values(aws_sns_topic.t)[0].arn]
}

resource "aws_ssm_maintenance_window_target" "first" {
  window_id     = "mw-0123456789abcdef0"
  resource_type = "INSTANCE"
  targets {
    key    = "InstanceIds"
    values = [values(aws_subnet.s)[0].id]
  }
}

resource "aws_ssm_maintenance_window_target" "all" {
  window_id     = "mw-0123456789abcdef0"
  resource_type = "INSTANCE"
  targets {
    key    = "InstanceIds"
    values = values(aws_subnet.s)[*].id
  }
}

resource "aws_lb" "all" {
  subnets = [for subnet in aws_subnet.s : subnet.id]
}

resource "aws_lb" "first" {
  subnets = [values(aws_subnet.s)[0].id]
}
