# A key that is the known value of a variable, in the root module and in another.
variable "key" {
  default = "y"
}

variable "number" {
  default = 1
}

resource "aws_s3_bucket" "k" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket" "n" {
  count = 2
}

resource "aws_s3_bucket_public_access_block" "k" {
  bucket = aws_s3_bucket.k[var.key].id
}

resource "aws_s3_bucket_public_access_block" "n" {
  bucket = aws_s3_bucket.n[var.number].id
}

module "m" {
  source = "./buckets"
  key    = var.key
}
