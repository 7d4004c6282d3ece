# In a set each.value is each.key.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x", "y"])
  bucket   = aws_s3_bucket.b[each.value].id
}

variable "names" {
  type    = set(string)
  default = ["x"]
}

resource "aws_s3_bucket_versioning" "v" {
  for_each = var.names
  bucket   = aws_s3_bucket.b[each.value].id
  versioning_configuration {
    status = "Enabled"
  }
}
