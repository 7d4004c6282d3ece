variable "name" {
  type = string
}

variable "queue" {
  type = string
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
  dead_letter_config {
    target_arn = var.queue == null ? "" : var.queue
  }
}

output "arn" {
  value = aws_lambda_function.this.arn
}
