resource "aws_sqs_queue" "first" {
  name = "first-old"
}

resource "aws_sqs_queue" "last" {
  name = "last-old"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.first.url
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.first.arn }] })
}
