# A plan that only refreshes the state: it lists no change, and what the state has remains.
# plan: --from prior, with -refresh-only
# show: aws_sqs_queue.jobs name
# state: before
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
