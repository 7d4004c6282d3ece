# In a map each.value differs from each.key.
variable "pairs" {
  default = { one = "y", two = "x" }
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "constant" {
  for_each = { x = "y", y = "x" }
  bucket   = aws_s3_bucket.b[each.value].id
}

resource "aws_s3_bucket_public_access_block" "variable" {
  for_each = var.pairs
  bucket   = aws_s3_bucket.b[each.value].id
}
