variable "name" {
  type = string
}

variable "logs" {
  type = string
}

resource "aws_s3_bucket" "this" {
  bucket = replace(var.name, "_", "-")
}

resource "aws_s3_bucket_logging" "this" {
  count         = var.logs == null ? 0 : 1
  bucket        = aws_s3_bucket.this.id
  target_bucket = var.logs
  target_prefix = var.name
}
