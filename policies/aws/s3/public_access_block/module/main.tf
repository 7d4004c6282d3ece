variable "name" {
  type = string
}

variable "closed" {
  type = bool
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-${replace(var.name, "_", "-")}"
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = var.closed
  block_public_policy     = var.closed
  ignore_public_acls      = var.closed
  restrict_public_buckets = var.closed
}
