# plan: --from prior
# state: before
# The old secret is hidden as well as the new one.
# show: aws_ssm_parameter.p before.value
# show: aws_ssm_parameter.p value
# show: aws_ssm_parameter.p before.description
# show: aws_ssm_parameter.p description
# show: aws_ssm_parameter.p config.description
# show: aws_ssm_parameter.plain before.description
# show: aws_ssm_parameter.plain description
# show: aws_ssm_parameter.plain config.description
# show: aws_ssm_parameter.gone value
# show: aws_ssm_parameter.gone description
variable "secret" {
  sensitive = true
  default   = "CANARY-new"
}

resource "aws_ssm_parameter" "p" {
  name        = "/p"
  type        = "SecureString"
  value       = "CANARY-new-value"
  description = var.secret
}

resource "aws_ssm_parameter" "plain" {
  name        = "/plain"
  type        = "String"
  value       = "v"
  description = "no longer secret"
}
