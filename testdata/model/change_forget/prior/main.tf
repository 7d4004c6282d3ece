resource "aws_sqs_queue" "q" {
  name = "forgotten"
}

resource "aws_sqs_queue" "kept" {
  name = "kept"
}
