# An empty text holds no secret: it is seen, whether written, or given by a variable.
# show: aws_db_instance.written password
# show: aws_db_instance.written config.password
# show: aws_db_instance.given password
# show: aws_db_instance.set password
# show: aws_db_instance.none password
# show: var.empty
# show: var.set
variable "empty" {
  type      = string
  sensitive = true
  default   = ""
}

variable "set" {
  type      = string
  sensitive = true
  default   = "an-example-of-one"
}

resource "aws_db_instance" "written" {
  instance_class = "db.t3.medium"
  password       = ""
}

resource "aws_db_instance" "given" {
  instance_class = "db.t3.medium"
  password       = var.empty
}

resource "aws_db_instance" "set" {
  instance_class = "db.t3.medium"
  password       = var.set
}

resource "aws_db_instance" "none" {
  instance_class = "db.t3.medium"
  password       = null
}
