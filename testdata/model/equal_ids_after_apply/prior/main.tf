resource "aws_security_group" "g" {
  name = "g"
}

resource "aws_security_group" "unused" {
  name = "unused"
}

resource "aws_sns_topic" "t" {
  name = "t"
}

resource "aws_instance" "i" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.g.id]
}
