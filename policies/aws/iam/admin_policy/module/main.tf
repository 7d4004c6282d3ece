variable "policy" {
  type = string
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/${var.policy}"
}
