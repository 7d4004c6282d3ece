# plan: --from prior
# state: before
# Nothing changes: every value is known, and so is every reference by equal values.
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
  bucket   = "no-op-${each.key}"
}

locals {
  k = "x"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket.b[local.k].id
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = local.k == "x" ? aws_s3_bucket.b["y"].id : aws_s3_bucket.b["x"].id
  versioning_configuration {
    status = "Enabled"
  }
}
