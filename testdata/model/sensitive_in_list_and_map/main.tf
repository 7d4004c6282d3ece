# A sensitive element or member is hidden in its place; what stands beside it is not.
# show: aws_lambda_function.f environment
# show: aws_lb.l subnets
# show: aws_ssm_parameter.p tags
# show: aws_ssm_parameter.whole tags
# show: aws_security_group.g ingress
# show: aws_elasticache_replication_group.r log_delivery_configuration
variable "secret" {
  sensitive = true
  default   = "CANARY-member"
}

variable "tags" {
  sensitive = true
  default   = { Name = "CANARY-map" }
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  filename      = "f.zip"
  handler       = "h"
  runtime       = "python3.12"
  environment {
    variables = {
      TOKEN = var.secret
      STAGE = "test"
    }
  }
}

resource "aws_lb" "l" {
  name     = "l"
  internal = true
  subnets  = ["subnet-1", var.secret]
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "String"
  value = "v"
  tags  = { Secret = var.secret, Plain = "yes" }
}

resource "aws_ssm_parameter" "whole" {
  name  = "/whole"
  type  = "String"
  value = "v"
  tags  = var.tags
}

resource "aws_security_group" "g" {
  ingress {
    from_port   = 1
    to_port     = 1
    protocol    = "tcp"
    description = var.secret
  }
  ingress {
    from_port   = 2
    to_port     = 2
    protocol    = "tcp"
    description = "plain"
  }
}

resource "aws_elasticache_replication_group" "r" {
  replication_group_id = "r"
  description          = "d"
  log_delivery_configuration {
    destination      = var.secret
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
  log_delivery_configuration {
    destination      = "plain"
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }
}
