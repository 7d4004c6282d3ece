variable "tls" {
  type = string
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "module-"
  family      = "postgres15"
  parameter {
    name  = "rds.force_ssl"
    value = var.tls
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "500"
  }
}
