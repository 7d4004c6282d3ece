variable "groups" {
  type = map(string)
}

resource "aws_cloudwatch_log_group" "this" {
  for_each   = var.groups
  name       = "/${each.key}"
  kms_key_id = each.value
}
