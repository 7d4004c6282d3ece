variable "key_arn" {
  type    = string
  default = null
}

resource "aws_db_instance" "d" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.key_arn
}
