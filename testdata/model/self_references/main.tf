# What names a resource by its own values is no reference to itself.
resource "aws_s3_bucket" "b" {
  bucket = "self"
}

resource "aws_security_group" "g" {
  name = "self"
  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    security_groups = [aws_security_group.other.id]
  }
}

resource "aws_security_group" "other" {
  name = "other"
}

resource "aws_security_group_rule" "self" {
  type                     = "ingress"
  from_port                = 0
  to_port                  = 0
  protocol                 = "-1"
  security_group_id        = aws_security_group.g.id
  source_security_group_id = aws_security_group.g.id
}
