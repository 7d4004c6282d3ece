# plan: --from prior
# Taken under Terraform's care: the queue exists already, and was made by another resource of the prior state.
import {
  to = aws_sqs_queue.taken
  id = aws_sqs_queue.kept.url
}

resource "aws_sqs_queue" "kept" {
  name = "kept"
}

resource "aws_sqs_queue" "taken" {
  name = "kept"
}
