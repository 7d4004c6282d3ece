# A set of blocks whose order in the values is not that of the configuration.
# show: aws_autoscaling_group.a tag
# show: aws_wafv2_web_acl.w rule
resource "aws_sqs_queue" "z" {}

resource "aws_sqs_queue" "a" {}

resource "aws_autoscaling_group" "a" {
  max_size           = 1
  min_size           = 1
  availability_zones = ["us-east-1a"]
  launch_template {
    id = "lt-0123456789abcdef0"
  }
  tag {
    key                 = "Zebra"
    value               = aws_sqs_queue.z.arn
    propagate_at_launch = true
  }
  tag {
    key                 = "Known"
    value               = "yes"
    propagate_at_launch = false
  }
  tag {
    key                 = "Ant"
    value               = aws_sqs_queue.a.arn
    propagate_at_launch = true
  }
}

resource "aws_wafv2_ip_set" "one" {
  name               = "one"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
}

resource "aws_wafv2_ip_set" "two" {
  name               = "two"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
}

resource "aws_wafv2_web_acl" "w" {
  name  = "w"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "zebra"
    priority = 2
    action {
      block {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.two.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "two"
      sampled_requests_enabled   = false
    }
  }
  rule {
    name     = "ant"
    priority = 1
    action {
      block {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.one.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "one"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "w"
    sampled_requests_enabled   = false
  }
}
