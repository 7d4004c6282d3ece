variable "name" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_iam_role" "this" {
  name_prefix = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = var.policy
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.this.arn
}
