# plan: --from prior -replace=aws_sqs_queue.q
# Replaced because the command line asks for it.
resource "aws_sqs_queue" "q" {
  name = "asked"
}
