variable "name" {
  type = string
}

variable "encrypted" {
  type = bool
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-${replace(var.name, "_", "-")}"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count  = var.encrypted ? 1 : 0
  bucket = aws_s3_bucket.this.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
