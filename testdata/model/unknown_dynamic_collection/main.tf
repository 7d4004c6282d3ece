# A dynamic block over what only apply knows looks like a block that is left out: it is told from one by whether the
# provider ever fills the block in.
# show: aws_s3_bucket_server_side_encryption_configuration.dynamic rule
# show: aws_lb.dynamic access_logs
# show: aws_lb.none access_logs
# show: aws_instance.none root_block_device
# show: aws_ecs_service.dynamic load_balancer
# show: aws_ecs_service.none load_balancer
# show: aws_s3_bucket_lifecycle_configuration.dynamic rule
resource "aws_sqs_queue" "q" {}

locals {
  one = split(",", aws_sqs_queue.q.arn)
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dynamic" {
  bucket = "b"
  dynamic "rule" {
    for_each = local.one
    content {
      bucket_key_enabled = true
    }
  }
}

resource "aws_lb" "dynamic" {
  subnets = ["subnet-0123456789abcdef0"]
  dynamic "access_logs" {
    for_each = local.one
    content {
      bucket  = "logs"
      enabled = true
    }
  }
}

resource "aws_lb" "none" {
  subnets = ["subnet-0123456789abcdef0"]
}

resource "aws_instance" "none" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_ecs_service" "dynamic" {
  name = "dynamic"
  dynamic "load_balancer" {
    for_each = local.one
    content {
      container_name   = load_balancer.value
      container_port   = 80
      target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef"
    }
  }
}

resource "aws_ecs_service" "none" {
  name = "none"
}

resource "aws_s3_bucket_lifecycle_configuration" "dynamic" {
  bucket = "b"
  dynamic "rule" {
    for_each = local.one
    content {
      id     = rule.value
      status = "Enabled"
      expiration {
        days = 1
      }
    }
  }
}
