variable "policy" {
  type = string
}

resource "aws_iam_policy" "this" {
  policy = var.policy
}
