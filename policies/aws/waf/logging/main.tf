terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_wafv2_web_acl" "fail_none" {
  name  = "fail_none"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "waf"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "pass_logged" {
  name  = "pass_logged"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "waf"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "logged" {
  resource_arn            = aws_wafv2_web_acl.pass_logged.arn
  log_destination_configs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-example"]
}

# Either of the two is logged; the plan does not tell which.
resource "terraform_data" "later" {
  input = "blue"
}

resource "aws_wafv2_web_acl" "unknown_blue" {
  name  = "unknown_blue"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "waf"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "unknown_green" {
  name  = "unknown_green"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "waf"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "either" {
  resource_arn            = terraform_data.later.output == "blue" ? aws_wafv2_web_acl.unknown_blue.arn : aws_wafv2_web_acl.unknown_green.arn
  log_destination_configs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-example"]
}

resource "aws_waf_web_acl" "fail_classic" {
  name        = "fail_classic"
  metric_name = "failclassic"
  default_action {
    type = "ALLOW"
  }
}

resource "aws_waf_web_acl" "pass_classic" {
  name        = "pass_classic"
  metric_name = "passclassic"
  default_action {
    type = "ALLOW"
  }
  logging_configuration {
    log_destination = "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-example"
  }
}

resource "aws_wafregional_web_acl" "fail_regional" {
  name        = "fail_regional"
  metric_name = "failregional"
  default_action {
    type = "ALLOW"
  }
}

resource "aws_wafregional_web_acl" "pass_regional" {
  name        = "pass_regional"
  metric_name = "passregional"
  default_action {
    type = "ALLOW"
  }
  logging_configuration {
    log_destination = "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-example"
  }
}

module "acl" {
  source = "./module"
  for_each = {
    fail_silent = []
    pass_heard  = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-heard"]
  }
  name         = each.key
  destinations = each.value
}
