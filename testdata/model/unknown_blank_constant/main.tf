# null, "" and [] leave an argument out just as well.
# show: aws_db_instance.null kms_key_id
# show: aws_db_instance.blank kms_key_id
# show: aws_db_instance.blank vpc_security_group_ids
# show: aws_kms_key.blank policy
resource "aws_db_instance" "null" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  skip_final_snapshot = true
  kms_key_id          = null
}

resource "aws_db_instance" "blank" {
  instance_class         = "db.t3.micro"
  engine                 = "postgres"
  allocated_storage      = 20
  skip_final_snapshot    = true
  kms_key_id             = ""
  vpc_security_group_ids = []
}

resource "aws_kms_key" "blank" {
  policy = ""
}
