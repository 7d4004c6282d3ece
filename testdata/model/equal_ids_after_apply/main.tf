# plan: --from prior
# In a plan against what exists ids and ARNs are known: what carries one through a local value or a variable is
# referred to all the same.
locals {
  group = aws_security_group.g.id
  topic = aws_sns_topic.t.arn
}

resource "aws_security_group" "g" {
  name = "g"
}

resource "aws_security_group" "unused" {
  name = "unused"
}

resource "aws_sns_topic" "t" {
  name = "t"
}

resource "aws_instance" "i" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [local.group]
}

module "m" {
  source = "./rules"
  group  = local.group
}

locals {
  instance = aws_instance.i.id
}

resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  threshold           = 80
  alarm_actions       = [local.topic]
  dimensions = {
    InstanceId = local.instance
  }
}
