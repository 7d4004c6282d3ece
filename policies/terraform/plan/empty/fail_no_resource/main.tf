variable "buckets" {
  type    = number
  default = 0
}

resource "aws_s3_bucket" "data" {
  count  = var.buckets
  bucket = "data-${count.index}"
}

output "buckets" {
  value = var.buckets
}
