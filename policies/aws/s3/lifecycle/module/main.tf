variable "name" {
  type = string
}

variable "days" {
  type = list(number)
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-${replace(var.name, "_", "-")}"
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    id     = "archive"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
    dynamic "transition" {
      for_each = var.days
      content {
        days          = transition.value
        storage_class = "GLACIER_IR"
      }
    }
  }
}
