# The attribute behind a key that is not constant is cut off in the plan's JSON: what the argument takes tells it.
resource "aws_kms_key" "k" {
  for_each = toset(["x"])
}

resource "aws_s3_bucket" "b" {
  for_each = toset(["x"])
}

resource "aws_s3_bucket_versioning" "v" {
  for_each = toset(["x"])
  bucket   = aws_s3_bucket.b[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "p" {
  for_each = toset(["x"])
  bucket   = aws_s3_bucket_versioning.v[each.key].bucket
  policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(["x"])
  bucket   = aws_s3_bucket_policy.p[each.key].id
}

resource "aws_ebs_volume" "v" {
  for_each          = toset(["x"])
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
  kms_key_id        = aws_kms_key.k[each.key].arn
}

resource "aws_ebs_volume" "same_key" {
  for_each          = toset(["x"])
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
  kms_key_id        = aws_ebs_volume.v[each.key].kms_key_id
}
