# A dynamic block over what is not known: whether there is one at all only apply will tell.
# show: aws_lb_listener.l default_action
# show: aws_s3_bucket_lifecycle_configuration.c rule
resource "aws_sqs_queue" "q" {}

resource "aws_s3_bucket_lifecycle_configuration" "c" {
  bucket = "b"
  rule {
    id     = "known"
    status = "Enabled"
    expiration {
      days = 1
    }
  }
  dynamic "rule" {
    for_each = aws_sqs_queue.q.arn == "" ? [1] : []
    content {
      id     = "unknown"
      status = "Enabled"
      expiration {
        days = 2
      }
    }
  }
}

resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/l/0123456789abcdef"
  port              = 80
  dynamic "default_action" {
    for_each = aws_sqs_queue.q.fifo_queue ? [] : [aws_sqs_queue.q.arn]
    content {
      type = "fixed-response"
      fixed_response {
        content_type = "text/plain"
        message_body = default_action.value
      }
    }
  }
}

resource "aws_cloudfront_origin_access_control" "o" {
  name                              = aws_sqs_queue.q.id
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = split(",", aws_sqs_queue.q.arn)
    content {
      from_port   = 1
      to_port     = 1
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }
}
