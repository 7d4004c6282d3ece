resource "aws_sqs_queue" "old" {
  name = "moved"
}

resource "aws_sqs_queue" "single" {
  name = "single"
}

resource "aws_sqs_queue" "outside" {
  name = "outside"
}

resource "aws_ssm_parameter" "p" {
  name        = "/queue"
  type        = "String"
  value       = "v"
  description = aws_sqs_queue.old.url
}
