# An element that is not known, beside ones that are.
# show: aws_elasticache_replication_group.set security_group_ids
# show: aws_lb.l subnets
resource "aws_security_group" "g" {}

resource "aws_subnet" "s" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.0.0/24"
}

resource "aws_elasticache_replication_group" "set" {
  replication_group_id = "set"
  description          = "d"
  security_group_ids   = ["sg-0123456789abcdef0", aws_security_group.g.id]
}

resource "aws_lb" "l" {
  name     = "l"
  internal = true
  subnets  = ["subnet-0123456789abcdef0", aws_subnet.s.id]
}

resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:known", aws_sns_topic.t.arn]
}

resource "aws_sns_topic" "t" {}
