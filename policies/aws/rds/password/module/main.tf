variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "this" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}
