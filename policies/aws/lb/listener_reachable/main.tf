terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  target = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
}

# Inline rules, in the second of two groups.
resource "aws_security_group" "https" {
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "closed" {
}

resource "aws_lb" "web" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.closed.id, aws_security_group.https.id]
}

resource "aws_lb_listener" "pass_inline" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "fail_inline" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# Rules of their own, older and newer.
resource "aws_security_group" "separate" {
}

resource "aws_security_group_rule" "http" {
  type              = "ingress"
  security_group_id = aws_security_group.separate.id
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = aws_security_group.separate.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["10.0.0.0/8"]
}

resource "aws_vpc_security_group_ingress_rule" "many" {
  security_group_id = aws_security_group.separate.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 8000
  to_port           = 9000
}

resource "aws_lb" "separate" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.separate.id]
}

resource "aws_lb_listener" "pass_rule" {
  load_balancer_arn = aws_lb.separate.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "pass_new_rule" {
  load_balancer_arn = aws_lb.separate.arn
  port              = 8443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "fail_rule" {
  load_balancer_arn = aws_lb.separate.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# From another group only, and any protocol.
resource "aws_security_group" "sources" {
}

resource "aws_vpc_security_group_ingress_rule" "from_group" {
  security_group_id            = aws_security_group.sources.id
  referenced_security_group_id = aws_security_group.https.id
  ip_protocol                  = "-1"
}

resource "aws_lb" "sources" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.sources.id]
}

resource "aws_lb_listener" "pass_any_source" {
  load_balancer_arn = aws_lb.sources.arn
  port              = 8080
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# UDP needs a rule for UDP.
resource "aws_security_group" "dns" {
  ingress {
    protocol    = "udp"
    from_port   = 53
    to_port     = 53
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "dns" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
  security_groups    = [aws_security_group.dns.id]
}

resource "aws_lb_listener" "pass_udp" {
  load_balancer_arn = aws_lb.dns.arn
  port              = 53
  protocol          = "UDP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "pass_either" {
  load_balancer_arn = aws_lb.dns.arn
  port              = 53
  protocol          = "TCP_UDP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "fail_tcp" {
  load_balancer_arn = aws_lb.dns.arn
  port              = 53
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# The rules of a group from elsewhere are not in the plan.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_lb" "mixed" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.closed.id, aws_vpc.main.default_security_group_id]
}

resource "aws_lb_listener" "unknown_other_group" {
  load_balancer_arn = aws_lb.mixed.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb" "elsewhere" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = ["sg-0123456789abcdef0"]
}

resource "aws_lb_listener" "na_other_group" {
  load_balancer_arn = aws_lb.elsewhere.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb" "no_groups" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_lb_listener" "na_no_groups" {
  load_balancer_arn = aws_lb.no_groups.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "na_other_balancer" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# Only apply tells what the rule lets in.
resource "aws_security_group" "later" {
  ingress {
    protocol    = "tcp"
    from_port   = terraform_data.later.output
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "later" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.later.id]
}

resource "aws_lb_listener" "unknown_rule" {
  load_balancer_arn = aws_lb.later.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_lb_listener" "fail_past_the_rule" {
  load_balancer_arn = aws_lb.later.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

# A VPC's default group, and the older names.
resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_alb" "default" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_default_security_group.main.id]
}

resource "aws_alb_listener" "pass_default_group" {
  load_balancer_arn = aws_alb.default.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

resource "aws_alb_listener" "fail_default_group" {
  load_balancer_arn = aws_alb.default.id
  port              = 81
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = local.target
  }
}

module "listener" {
  source = "./module"
  for_each = {
    fail_other_port = 8080
    pass_same_port  = 80
  }
  port = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}
