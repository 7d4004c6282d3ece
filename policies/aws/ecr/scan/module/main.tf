variable "name" {
  type = string
}

variable "scan" {
  type = bool
}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = var.scan
  }
}
