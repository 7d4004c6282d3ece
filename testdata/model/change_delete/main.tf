# plan: --from prior
# state: before
# Deleted: the resource and its configuration are gone, or its key, or its module, or its count is 0.
# show: aws_sqs_queue.gone name
# show: aws_sqs_queue.gone visibility_timeout_seconds
variable "keys" {
  default = ["x"]
}

resource "aws_sqs_queue" "keyed" {
  for_each = toset(var.keys)
  name     = "keyed-${each.key}"
}

resource "aws_sqs_queue" "counted" {
  count = 0
  name  = "counted"
}

resource "aws_ssm_parameter" "p" {
  for_each    = aws_sqs_queue.keyed
  name        = "/queue/${each.key}"
  type        = "String"
  value       = "v"
  description = each.value.url
}
