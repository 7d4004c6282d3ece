# An argument that is left out, and that the provider fills in, is not one that is to come from a reference.
# show: aws_kms_key.k policy
# show: aws_kms_key.k enable_key_rotation
# show: aws_db_instance.d kms_key_id
# show: aws_db_instance.d storage_encrypted
# show: aws_db_instance.d backup_retention_period
# show: aws_db_instance.e kms_key_id
resource "aws_kms_key" "k" {}

resource "aws_db_instance" "d" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  username            = "u"
  password            = "p"
  skip_final_snapshot = true
}

resource "aws_db_instance" "e" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  username            = "u"
  password            = "p"
  skip_final_snapshot = true
  kms_key_id          = aws_kms_key.k.arn
  storage_encrypted   = true
}
