variable "exports" {
  type = list(string)
}

resource "aws_db_instance" "this" {
  engine                          = "mariadb"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 20
  username                        = "app"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = var.exports
}
