# One ARN that is not known makes the whole text unknown; its causes are told.
# show: aws_sqs_queue_policy.p policy
# show: aws_ecs_task_definition.t container_definitions
# show: aws_iam_role_policy.r policy
resource "aws_sqs_queue" "q" {}

resource "aws_sns_topic" "t" {}

resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.q.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.q.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.t.arn } }
    }]
  })
}

resource "aws_iam_role_policy" "r" {
  role   = "r"
  policy = <<-JSON
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "${aws_sqs_queue.q.arn}"}]}
  JSON
}

resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([{
    name        = "c"
    image       = "i"
    environment = [{ name = "QUEUE", value = aws_sqs_queue.q.url }]
  }])
}
