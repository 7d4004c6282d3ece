variable "statement" {
  type = any
}

resource "aws_kms_key" "this" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [var.statement] })
}
