variable "name" {
  type = string
}

variable "destinations" {
  type = list(string)
}

resource "aws_wafv2_web_acl" "this" {
  name  = var.name
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

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  count                   = length(var.destinations)
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [var.destinations[count.index]]
}
