# plan: --from prior
# state: before
# Replaced, in either order; the values that are computed are not known again.
# show: aws_sqs_queue.first name
# show: aws_sqs_queue.first before.name
# show: aws_sqs_queue.first arn
# show: aws_sqs_queue.last arn
resource "aws_sqs_queue" "first" {
  name = "first-new"
}

resource "aws_sqs_queue" "last" {
  name = "last-new"
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
