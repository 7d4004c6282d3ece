variable "name" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_sns_topic" "this" {
  name = var.name
}

resource "aws_sns_topic_policy" "this" {
  count  = var.policy == null ? 0 : 1
  arn    = aws_sns_topic.this.arn
  policy = var.policy
}
