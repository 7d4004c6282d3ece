variable "secret" {
  sensitive = true
  default   = "CANARY-default"
}

resource "aws_ssm_parameter" "this" {
  name        = "/declared"
  type        = "String"
  value       = "v"
  description = var.secret
}

output "secret" {
  value     = "out ${var.secret}"
  sensitive = true
}
