# A member that is not known, beside ones that are.
# show: aws_lambda_function.f environment
# show: aws_ssm_parameter.p tags
# show: aws_ssm_parameter.p tags_all
resource "aws_sqs_queue" "q" {}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  filename      = "f.zip"
  handler       = "h"
  runtime       = "python3.12"
  environment {
    variables = {
      QUEUE = aws_sqs_queue.q.url
      STAGE = "test"
    }
  }
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "String"
  value = "known"
  tags = {
    Known = "yes"
    Queue = aws_sqs_queue.q.arn
  }
}
