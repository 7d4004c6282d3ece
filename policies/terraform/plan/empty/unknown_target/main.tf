# Planned with -target=aws_sqs_queue.none: a part that has nothing in it.
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue" "none" {
  count = 0
  name  = "none"
}
