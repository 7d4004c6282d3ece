resource "aws_sqs_queue" "kept" {
  name = "kept"
}
