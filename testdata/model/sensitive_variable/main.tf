# A sensitive variable hides what is made of it, in attributes that are not sensitive themselves.
# show: aws_ssm_parameter.p description
# show: aws_ssm_parameter.p config.description
# show: aws_ssm_parameter.null description
# show: aws_ssm_parameter.inner description
# show: var.secret
# show: var.nothing
# show: var.plain
variable "secret" {
  sensitive = true
  default   = "CANARY-variable"
}

variable "nothing" {
  type      = string
  sensitive = true
  default   = null
}

variable "plain" {
  default = "plain"
}

resource "aws_ssm_parameter" "p" {
  name        = "/p"
  type        = "String"
  value       = "v"
  description = "a ${var.secret}"
}

resource "aws_ssm_parameter" "null" {
  name        = "/null"
  type        = "String"
  value       = "v"
  description = var.nothing
}

resource "aws_ssm_parameter" "inner" {
  name        = "/inner"
  type        = "String"
  value       = "v"
  description = sensitive("CANARY-function")
}
