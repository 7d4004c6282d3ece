variable "name" {
  type = string
}

variable "redrive" {
  type = bool
}

variable "dead_letter_queue" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name = var.name
}

resource "aws_sqs_queue_redrive_policy" "this" {
  count          = var.redrive ? 1 : 0
  queue_url      = aws_sqs_queue.this.id
  redrive_policy = jsonencode({ deadLetterTargetArn = var.dead_letter_queue, maxReceiveCount = 5 })
}
