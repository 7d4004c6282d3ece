variable "runtime" {
  type = string
}

resource "aws_lambda_function" "this" {
  function_name = "in-module-${replace(var.runtime, ".", "-")}"
  filename      = "code.zip"
  handler       = "index.handler"
  runtime       = var.runtime
  role          = "arn:aws:iam::123456789012:role/lambda"
}
