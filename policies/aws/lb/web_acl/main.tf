terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_lb" "fail_left_out" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb" "fail_public" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  internal           = false
  load_balancer_type = "application"
}

resource "aws_alb" "fail_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb" "pass_filtered" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_wafv2_web_acl_association" "filtered" {
  resource_arn = aws_lb.pass_filtered.arn
  web_acl_arn  = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/11111111-2222-3333-4444-555555555555"
}

resource "aws_alb" "pass_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_wafv2_web_acl_association" "alb" {
  resource_arn = aws_alb.pass_alb.id
  web_acl_arn  = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/11111111-2222-3333-4444-555555555555"
}

# AWS WAF Classic.
resource "aws_lb" "pass_classic_waf" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_wafregional_web_acl_association" "classic_waf" {
  resource_arn = aws_lb.pass_classic_waf.arn
  web_acl_id   = "11111111-2222-3333-4444-555555555555"
}

resource "aws_lb" "na_internal" {
  subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  internal = true
}

resource "aws_lb" "na_network" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
}

resource "aws_lb" "unknown_internal" {
  subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  internal = terraform_data.later.output != "never"
}

module "balancer" {
  source = "./module"
  for_each = {
    fail_bare     = []
    pass_filtered = ["arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/11111111-2222-3333-4444-555555555555"]
  }
  web_acls = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}
