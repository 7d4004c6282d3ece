# Planned with -target=aws_sqs_queue.jobs: the key is left out.
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
