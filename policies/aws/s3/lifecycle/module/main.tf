variable "name" {
  type = string
}

variable "classes" {
  type = list(string)
}

resource "aws_s3_bucket" "this" {
  bucket = replace(var.name, "_", "-")
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    id     = "objects"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
    dynamic "transition" {
      for_each = var.classes
      content {
        days          = 90
        storage_class = transition.value
      }
    }
  }
}
