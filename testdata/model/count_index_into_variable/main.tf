# A list variable indexed by count.index, or looked up by each.key, gives the key.
variable "order" {
  default = ["y", "x"]
}

variable "of" {
  default = { one = "y", two = "x" }
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  count  = 2
  bucket = aws_s3_bucket.b[var.order[count.index]].id
}

resource "aws_s3_bucket_public_access_block" "looked_up" {
  for_each = toset(["one", "two"])
  bucket   = aws_s3_bucket.b[var.of[each.key]].id
}
