variable "viewers" {
  type = string
}

variable "certificate" {
  type = string
}

variable "web_acl" {
  type = string
}

resource "aws_cloudfront_distribution" "this" {
  enabled    = true
  web_acl_id = var.web_acl
  origin {
    domain_name = "bucket.s3.amazonaws.com"
    origin_id   = "bucket"
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    target_origin_id       = "bucket"
    viewer_protocol_policy = var.viewers
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = var.certificate
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
  logging_config {
    bucket = "logs.s3.amazonaws.com"
  }
}
