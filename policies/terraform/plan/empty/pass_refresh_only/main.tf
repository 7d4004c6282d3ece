# Planned from prior/ with -refresh-only: nothing changes, and the queue remains.
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
