terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}

resource "aws_lb" "web" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.data.id
    enabled = false
  }
}

resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow-logs"
  log_destination = aws_cloudwatch_log_group.flows.arn
}

resource "aws_cloudwatch_log_group" "flows" {
  name = "flows"
}
