# With the configuration, local values are followed.
variable "fail_password" {
  type    = string
  default = "an-example-of-one"
}

variable "pass_password" {
  type      = string
  default   = "an-example-of-one"
  sensitive = true
}

locals {
  literal   = "an-example-of-one"
  open      = var.fail_password
  sensitive = { password = var.pass_password }
}

resource "aws_rds_cluster" "fail_literal" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = local.literal
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "pass_open" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = local.open
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "pass_sensitive" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = local.sensitive.password
  skip_final_snapshot = true
}
