# A condition that is false beside a resource that exists: the argument is null, and so the provider fills it in,
# which the plan's JSON does not tell from a key that is not known yet.
# show: aws_db_instance.d kms_key_id
variable "own_key" {
  default = false
}

resource "aws_kms_key" "k" {}

resource "aws_db_instance" "d" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = var.own_key ? aws_kms_key.k.arn : null
}
