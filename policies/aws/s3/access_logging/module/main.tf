variable "name" {
  type = string
}

variable "targets" {
  type = set(string)
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-${replace(var.name, "_", "-")}"
}

resource "aws_s3_bucket_logging" "this" {
  for_each      = var.targets
  bucket        = aws_s3_bucket.this.id
  target_bucket = each.value
  target_prefix = "logs/"
}
