variable "name" {
  type = string
}

variable "has_log" {
  type = bool
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.has_log ? 1 : 0
  name  = "/aws/lambda/${var.name}"
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}
