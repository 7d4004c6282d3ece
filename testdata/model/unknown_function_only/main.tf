# Only a function call will tell.
# show: aws_ssm_parameter.time tags
resource "aws_ssm_parameter" "time" {
  name        = "/time"
  type        = "String"
  value       = "known"
  description = timestamp()
  tags = {
    Made = timestamp()
    Id   = uuid()
  }
}

variable "prefix" {
  default = "p"
}

resource "aws_ssm_parameter" "mixed" {
  name        = "/mixed"
  type        = "String"
  value       = "known"
  description = "${var.prefix}-${timestamp()}"
}
