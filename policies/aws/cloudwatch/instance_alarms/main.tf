terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_instance" "fail_none" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "fail_one" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "fail_other_namespace" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "pass_both" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "pass_query" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_cloudwatch_metric_alarm" "one" {
  alarm_name          = "one"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  dimensions          = { InstanceId = aws_instance.fail_one.id }
}

resource "aws_cloudwatch_metric_alarm" "other_cpu" {
  alarm_name          = "other_cpu"
  namespace           = "Custom"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  dimensions          = { InstanceId = aws_instance.fail_other_namespace.id }
}

resource "aws_cloudwatch_metric_alarm" "other_check" {
  alarm_name          = "other_check"
  namespace           = "Custom"
  metric_name         = "StatusCheckFailed"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  dimensions          = { InstanceId = aws_instance.fail_other_namespace.id }
}

resource "aws_cloudwatch_metric_alarm" "both" {
  for_each            = toset(["CPUUtilization", "StatusCheckFailed"])
  alarm_name          = "both-${each.key}"
  namespace           = "AWS/EC2"
  metric_name         = each.key
  dimensions          = { InstanceId = aws_instance.pass_both.id }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_metric_alarm" "query" {
  alarm_name          = "query"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 2
  metric_query {
    id          = "either"
    expression  = "cpu / 100 + check"
    return_data = true
  }
  metric_query {
    id = "cpu"
    metric {
      namespace   = "AWS/EC2"
      metric_name = "CPUUtilization"
      period      = 300
      stat        = "Maximum"
      dimensions  = { InstanceId = aws_instance.pass_query.id }
    }
  }
  metric_query {
    id = "check"
    metric {
      namespace   = "AWS/EC2"
      metric_name = "StatusCheckFailed"
      period      = 300
      stat        = "Maximum"
      dimensions  = { InstanceId = aws_instance.pass_query.id }
    }
  }
}

# Which of the two an alarm is on, the plan does not tell.
locals {
  watched = { CPUUtilization = ["first"], StatusCheckFailed = ["second"] }
}

resource "aws_instance" "unknown" {
  for_each      = toset(["first", "second"])
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_cloudwatch_metric_alarm" "unknown" {
  for_each            = local.watched
  alarm_name          = "unknown-${each.key}"
  namespace           = "AWS/EC2"
  metric_name         = each.key
  dimensions          = { InstanceId = aws_instance.unknown[each.value[0]].id }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 2
}

# One of its own for each of several.
resource "aws_instance" "pass_each" {
  for_each      = toset(["first", "second"])
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_cloudwatch_metric_alarm" "each_cpu" {
  for_each            = aws_instance.pass_each
  alarm_name          = "cpu-${each.key}"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  dimensions          = { InstanceId = each.value.id }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
}

resource "aws_cloudwatch_metric_alarm" "each_check" {
  for_each            = toset(["first", "second"])
  alarm_name          = "check-${each.key}"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = aws_instance.pass_each[each.key].id }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 2
}

module "instance" {
  source = "./module"
  for_each = {
    fail_module = []
    pass_module = ["CPUUtilization", "StatusCheckFailed"]
  }
  name    = each.key
  metrics = each.value
}
