# What the provider's schema marks: a literal is hidden in the values and in the configuration, null stays null.
# show: aws_db_instance.d password
# show: aws_db_instance.d username
# show: aws_db_instance.d config.password
# show: aws_db_instance.d config.username
# show: aws_db_instance.none password
# show: aws_db_instance.none config.password
# show: aws_ssm_parameter.p value
# show: aws_ssm_parameter.p config.value
resource "aws_db_instance" "d" {
  instance_class      = "db.t3.micro"
  engine              = "postgres"
  allocated_storage   = 20
  username            = "u"
  password            = "CANARY-literal"
  skip_final_snapshot = true
}

resource "aws_db_instance" "none" {
  instance_class              = "db.t3.micro"
  engine                      = "postgres"
  allocated_storage           = 20
  username                    = "u"
  manage_master_user_password = true
  password                    = null
  skip_final_snapshot         = true
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "SecureString"
  value = "CANARY-parameter"
}
