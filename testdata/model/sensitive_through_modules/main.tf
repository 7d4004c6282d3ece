# A secret into and out of modules, declared sensitive there or only at its root.
# show: module.declared.aws_ssm_parameter.this description
# show: module.undeclared.aws_ssm_parameter.this description
# show: module.literal.aws_ssm_parameter.this description
# show: module.literal.aws_ssm_parameter.this config.description
# show: aws_ssm_parameter.out description
# show: output.secret
# show: output.plain
variable "secret" {
  sensitive = true
  default   = "CANARY-root"
}

module "declared" {
  source = "./declared"
  secret = "CANARY-argument"
}

module "undeclared" {
  source = "./undeclared"
  secret = var.secret
}

module "literal" {
  source = "./declared"
}

resource "aws_ssm_parameter" "out" {
  name        = "/out"
  type        = "String"
  value       = "v"
  description = module.declared.secret
}

output "secret" {
  value     = module.declared.secret
  sensitive = true
}

output "plain" {
  value = "plain"
}
