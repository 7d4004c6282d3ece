variable "interval" {
  type = number
}

resource "aws_db_instance" "this" {
  engine                      = "mysql"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  monitoring_interval         = var.interval
  monitoring_role_arn         = "arn:aws:iam::123456789012:role/monitoring"
}
