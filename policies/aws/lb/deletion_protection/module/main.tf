variable "protected" {
  type = bool
}

resource "aws_lb" "this" {
  subnets                    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_deletion_protection = var.protected
}
