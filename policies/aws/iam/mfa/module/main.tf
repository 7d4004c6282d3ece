variable "statement" {
  type = any
}

resource "aws_iam_role" "this" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [var.statement] })
}
