# plan: --from prior
# Terraform lets go of the queue, which stays.
# show: aws_sqs_queue.q name
removed {
  from = aws_sqs_queue.q
  lifecycle {
    destroy = false
  }
}

resource "aws_sqs_queue" "kept" {
  name = "kept"
}
