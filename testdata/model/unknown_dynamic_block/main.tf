# A dynamic block is not in the plan's configuration: what is in it is not known, and its cause is not told.
# show: aws_security_group.known ingress
# show: aws_s3_bucket_server_side_encryption_configuration.s rule
variable "ports" {
  default = [443, 8443]
}

resource "aws_security_group" "source" {}

resource "aws_security_group" "known" {
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.source.id]
    }
  }
}

resource "aws_kms_key" "k" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "s" {
  bucket = "b"
  dynamic "rule" {
    for_each = [1]
    content {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.k.arn
      }
    }
  }
}

resource "aws_ecs_service" "partly" {
  name            = "s"
  cluster         = "c"
  task_definition = "t"
  network_configuration {
    subnets = [aws_security_group.source.id]
  }
  dynamic "load_balancer" {
    for_each = toset(["one"])
    content {
      container_name   = load_balancer.key
      container_port   = 80
      target_group_arn = aws_kms_key.k.arn
    }
  }
}
