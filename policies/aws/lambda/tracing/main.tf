terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "mode" {
  input = "Active"
}

resource "aws_lambda_function" "fail_left_out" {
  function_name = "fail_left_out"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_lambda_function" "fail_pass_through" {
  function_name = "fail_pass_through"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_lambda_function" "pass_active" {
  function_name = "pass_active"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "unknown_mode" {
  function_name = "unknown_mode"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  tracing_config {
    mode = terraform_data.mode.output
  }
}

resource "aws_lambda_function" "na_edge" {
  function_name = "na_edge"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  publish       = true
}

# Lambda@Edge has no tracing of its own.
resource "aws_cloudfront_distribution" "main" {
  enabled = true
  origin {
    domain_name = "example.com"
    origin_id   = "main"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "main"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.na_edge.qualified_arn
    }
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = "PassThrough"
    pass_module = "Active"
  }
  name = each.key
  mode = each.value
}
