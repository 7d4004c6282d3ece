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

resource "aws_lb" "fail_off" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "logs"
    enabled = false
  }
}

# The block alone switches nothing on.
resource "aws_lb" "fail_block" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket = "logs"
  }
}

resource "aws_lb" "fail_network" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
}

# A Network Load Balancer logs TLS only.
resource "aws_lb" "fail_network_tls" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
}

resource "aws_lb" "na_network_tcp" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
}

resource "aws_lb_listener" "both" {
  for_each          = { tls = aws_lb.fail_network_tls.arn, tcp = aws_lb.fail_network_tls.arn }
  load_balancer_arn = each.value
  port              = each.key == "tls" ? 443 : 80
  protocol          = upper(each.key)
  certificate_arn   = each.key == "tls" ? "arn:aws:acm:us-east-1:123456789012:certificate/a" : null
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/0123456789abcdef"
  }
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.na_network_tcp.arn
  port              = 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/0123456789abcdef"
  }
}

resource "aws_lb" "pass_on" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb" "na_gateway" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "gateway"
}

resource "aws_lb" "unknown_switch" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "logs"
    enabled = terraform_data.later.output != "never"
  }
}

# The older name.
resource "aws_alb" "fail_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_alb" "pass_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

# Classic ones, which log where they have the block.
resource "aws_elb" "fail_classic" {
  availability_zones = ["us-east-1a"]
  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

resource "aws_elb" "fail_classic_off" {
  availability_zones = ["us-east-1a"]
  access_logs {
    bucket  = "logs"
    enabled = false
  }
  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

resource "aws_elb" "pass_classic" {
  availability_zones = ["us-east-1a"]
  access_logs {
    bucket = "logs"
  }
  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

module "balancer" {
  source = "./module"
  for_each = {
    fail_off = "false"
    pass_on  = "true"
  }
  logs = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}
