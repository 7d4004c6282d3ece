variable "name" {
  type = string
}

variable "standby" {
  type = bool
}

resource "aws_db_instance" "this" {
  identifier                  = replace(var.name, "_", "-")
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  multi_az                    = var.standby
}
