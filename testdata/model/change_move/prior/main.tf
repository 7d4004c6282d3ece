resource "aws_sqs_queue" "old" {
  name = "moved"
}

resource "aws_sqs_queue" "single" {
  name = "single"
}

resource "aws_sqs_queue" "outside" {
  name = "outside"
}

resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.old.url
  policy    = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
