# plan: --from prior
# state: before
# Moved: to another name, into a key, into a module. References lead to the new address.
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.new
}

moved {
  from = aws_sqs_queue.single
  to   = aws_sqs_queue.keyed["x"]
}

moved {
  from = aws_sqs_queue.outside
  to   = module.m.aws_sqs_queue.this
}

resource "aws_sqs_queue" "new" {
  name = "moved"
}

resource "aws_sqs_queue" "keyed" {
  for_each                   = toset(["x"])
  name                       = "single"
  visibility_timeout_seconds = 31
}

module "m" {
  source = "./queue"
}

resource "aws_ssm_parameter" "p" {
  name        = "/queue"
  type        = "String"
  value       = "v"
  description = aws_sqs_queue.new.url
}
