# A variable that is null leaves the argument out, through modules too.
# show: aws_db_instance.d kms_key_id
# show: module.left_out.aws_db_instance.d kms_key_id
# show: module.null.aws_db_instance.d kms_key_id
# show: module.passed.aws_db_instance.d kms_key_id
# show: module.given.aws_db_instance.d kms_key_id
variable "key_arn" {
  type    = string
  default = null
}

resource "aws_kms_key" "k" {}

resource "aws_db_instance" "d" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.key_arn
}

module "left_out" {
  source = "./database"
}

module "null" {
  source  = "./database"
  key_arn = null
}

module "passed" {
  source  = "./database"
  key_arn = var.key_arn
}

module "given" {
  source  = "./database"
  key_arn = aws_kms_key.k.arn
}
