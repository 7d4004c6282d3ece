terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef"
  group    = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
  key      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
}

resource "aws_lb_listener" "fail_plain" {
  load_balancer_arn = local.balancer
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

# HTTP is the default.
resource "aws_lb_listener" "fail_protocol_left_out" {
  load_balancer_arn = local.balancer
  port              = 8080
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "hello"
    }
  }
}

# A redirect keeps the protocol where it names none.
resource "aws_lb_listener" "fail_redirect_to_http" {
  load_balancer_arn = local.balancer
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      path        = "/new"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "pass_redirect" {
  load_balancer_arn = local.balancer
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "unknown_redirect" {
  load_balancer_arn = local.balancer
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      protocol    = terraform_data.later.output
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "fail_policy_left_out" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "pass_policy" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "fail_tls" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-0-2021-06"
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "pass_tls" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-FS-1-2-Res-2020-10"
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "unknown_policy" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = terraform_data.later.output
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "unknown_protocol" {
  load_balancer_arn = local.balancer
  port              = 8443
  protocol          = terraform_data.later.output
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_lb_listener" "na_tcp" {
  load_balancer_arn = local.balancer
  port              = 25
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

# Of a Gateway Load Balancer.
resource "aws_lb_listener" "na_gateway" {
  load_balancer_arn = local.balancer
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_alb_listener" "fail_alb" {
  load_balancer_arn = local.balancer
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

resource "aws_alb_listener" "pass_alb" {
  load_balancer_arn = local.balancer
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-2-Ext-2018-06"
  certificate_arn   = local.key
  default_action {
    type             = "forward"
    target_group_arn = local.group
  }
}

module "listener" {
  source = "./module"
  for_each = {
    fail_old = "ELBSecurityPolicy-2016-08"
    pass_new = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  }
  policy = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}
