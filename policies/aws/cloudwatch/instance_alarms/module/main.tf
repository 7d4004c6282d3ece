variable "name" {
  type = string
}

variable "metrics" {
  type = set(string)
}

resource "aws_instance" "this" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.metrics
  alarm_name          = "${var.name}-${each.key}"
  namespace           = "AWS/EC2"
  metric_name         = each.key
  dimensions          = { InstanceId = aws_instance.this.id }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 2
}
