variable "name" {
  type = string
}

variable "key" {
  type = string
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  kms_key_arn   = var.key
  environment {
    variables = { STAGE = "prod" }
  }
}
