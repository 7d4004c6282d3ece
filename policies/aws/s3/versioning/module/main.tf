variable "name" {
  type = string
}

variable "status" {
  type = string
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-module-${replace(var.name, "_", "-")}"
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = var.status
  }
}
