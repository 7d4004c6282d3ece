resource "aws_sqs_queue" "first" {
  name = "first-old"
}

resource "aws_sqs_queue" "last" {
  name = "last-old"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "p" {
  name        = "/queue"
  type        = "String"
  value       = "v"
  description = aws_sqs_queue.first.url
}
