variable "keys" {
  default = ["x", "y"]
}

resource "aws_sqs_queue" "keyed" {
  for_each = toset(var.keys)
  name     = "keyed-${each.key}"
}

resource "aws_sqs_queue" "counted" {
  count = 1
  name  = "counted"
}

resource "aws_sqs_queue_policy" "p" {
  for_each  = aws_sqs_queue.keyed
  queue_url = each.value.url
  policy    = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_sqs_queue" "gone" {
  name                       = "gone"
  visibility_timeout_seconds = 77
}

module "gone" {
  source = "./queue"
}
