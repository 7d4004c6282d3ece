variable "secret" {
  sensitive = true
  default   = "CANARY-old"
}

resource "aws_ssm_parameter" "p" {
  name        = "/p"
  type        = "SecureString"
  value       = "CANARY-old-value"
  description = var.secret
}

resource "aws_ssm_parameter" "plain" {
  name        = "/plain"
  type        = "String"
  value       = "v"
  description = var.secret
}

resource "aws_ssm_parameter" "gone" {
  name        = "/gone"
  type        = "SecureString"
  value       = "CANARY-gone-value"
  description = var.secret
}
