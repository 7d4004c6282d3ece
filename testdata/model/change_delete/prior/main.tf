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

resource "aws_ssm_parameter" "p" {
  for_each    = aws_sqs_queue.keyed
  name        = "/queue/${each.key}"
  type        = "String"
  value       = "v"
  description = each.value.url
}

resource "aws_sqs_queue" "gone" {
  name                       = "gone"
  visibility_timeout_seconds = 77
}

module "gone" {
  source = "./queue"
}
