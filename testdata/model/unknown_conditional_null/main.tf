# A conditional that may be null: what the other side refers to tells, where it exists.
# show: aws_db_instance.off kms_key_id
# show: aws_db_instance.on kms_key_id
# show: aws_db_instance.function kms_key_id
variable "encrypt" {
  default = false
}

variable "key" {
  type    = string
  default = ""
}

resource "aws_kms_key" "off" {
  count = var.encrypt ? 1 : 0
}

resource "aws_kms_key" "on" {
  count = 1
}

resource "aws_db_instance" "off" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.encrypt ? aws_kms_key.off[0].arn : null
}

resource "aws_db_instance" "on" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.encrypt ? null : aws_kms_key.on[0].arn
}

resource "aws_db_instance" "function" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.key != "" ? "arn:aws:kms:us-east-1:123456789012:key/${var.key}" : null
}
