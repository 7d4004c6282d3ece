terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_lb" "fail_no_policy" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.no_policy.id
    enabled = true
  }
}

resource "aws_s3_bucket" "no_policy" {
  bucket = "no-policy"
}

resource "aws_lb" "fail_placeholder" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.placeholder.id
    enabled = true
  }
}

resource "aws_s3_bucket" "placeholder" {
  bucket = "placeholder"
}

resource "aws_s3_bucket_policy" "placeholder" {
  bucket = aws_s3_bucket.placeholder.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::elb-account-id:root" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::placeholder/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "fail_reader" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.reader.id
    enabled = true
  }
}

resource "aws_s3_bucket" "reader" {
  bucket = "reader"
}

resource "aws_s3_bucket_policy" "reader" {
  bucket = aws_s3_bucket.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::reader/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "pass_account" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.account.id
    enabled = true
  }
}

resource "aws_s3_bucket" "account" {
  bucket = "account"
}

resource "aws_s3_bucket_policy" "account" {
  bucket = aws_s3_bucket.account.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::127311923021:root" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::account/AWSLogs/*"
    }]
  })
}

# Both named, not referred to.
resource "aws_lb" "pass_account_id" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "account-id"
    enabled = true
  }
}

resource "aws_s3_bucket" "account_id" {
  bucket = "account-id"
}

resource "aws_s3_bucket_policy" "account_id" {
  bucket = aws_s3_bucket.account_id.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["123456789012", "054676820928"] }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::account-id/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "pass_service" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.service.id
    enabled = true
  }
}

resource "aws_s3_bucket" "service" {
  bucket = "service"
}

resource "aws_s3_bucket_policy" "service" {
  bucket = aws_s3_bucket.service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:Put*"]
      Resource  = "arn:aws:s3:::service/AWSLogs/*"
    }]
  })
}

data "aws_elb_service_account" "main" {}

resource "aws_lb" "pass_data_source" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.data_source.id
    enabled = true
  }
}

data "aws_iam_policy_document" "data_source" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.data_source.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_elb_service_account.main.arn]
    }
  }
}

resource "aws_s3_bucket" "data_source" {
  bucket = "data-source"
}

resource "aws_s3_bucket_policy" "data_source" {
  bucket = aws_s3_bucket.data_source.id
  policy = data.aws_iam_policy_document.data_source.json
}

# A network load balancer writes as another service.
resource "aws_lb" "fail_network_as_application" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
  access_logs {
    bucket  = aws_s3_bucket.network_as_application.id
    enabled = true
  }
}

resource "aws_s3_bucket" "network_as_application" {
  bucket = "network-as-application"
}

resource "aws_s3_bucket_policy" "network_as_application" {
  bucket = aws_s3_bucket.network_as_application.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::network-as-application/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "pass_network" {
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  load_balancer_type = "network"
  access_logs {
    bucket  = aws_s3_bucket.network.id
    enabled = true
  }
}

resource "aws_s3_bucket" "network" {
  bucket = "network"
}

resource "aws_s3_bucket_policy" "network" {
  bucket = aws_s3_bucket.network.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::network/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "fail_application_as_network" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.application_as_network.id
    enabled = true
  }
}

resource "aws_s3_bucket" "application_as_network" {
  bucket = "application-as-network"
}

resource "aws_s3_bucket_policy" "application_as_network" {
  bucket = aws_s3_bucket.application_as_network.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::application-as-network/AWSLogs/*"
    }]
  })
}

resource "aws_lb" "unknown_policy" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.policy.id
    enabled = true
  }
}

resource "aws_s3_bucket" "policy" {
  bucket = "policy"
}

resource "aws_s3_bucket_policy" "policy" {
  bucket = aws_s3_bucket.policy.id
  policy = terraform_data.later.output
}

resource "aws_alb" "fail_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.no_policy.id
    enabled = true
  }
}

resource "aws_alb" "pass_alb" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.account.id
    enabled = true
  }
}

resource "aws_elb" "fail_classic" {
  availability_zones = ["us-east-1a"]
  access_logs {
    bucket = aws_s3_bucket.no_policy.id
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
    bucket = aws_s3_bucket.account.id
  }
  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

resource "aws_lb" "na_off" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = aws_s3_bucket.no_policy.id
    enabled = false
  }
}

resource "aws_lb" "na_elsewhere" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "another-stack"
    enabled = true
  }
}

module "balancer" {
  source = "./module"
  for_each = {
    fail_reader = "s3:GetObject"
    pass_writer = "s3:PutObject"
  }
  name   = each.key
  action = each.value
}

# What is known after apply.
resource "terraform_data" "later" {
  input = timestamp()
}
