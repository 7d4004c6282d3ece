variable "groups" {
  type = map(number)
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = var.groups
  name              = "/${each.key}"
  retention_in_days = each.value
}
