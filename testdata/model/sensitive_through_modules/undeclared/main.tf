variable "secret" {}

resource "aws_ssm_parameter" "this" {
  name        = "/undeclared"
  type        = "String"
  value       = "v"
  description = var.secret
}
