# An attribute that repeats a reference is followed to where that leads.
resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket_versioning.v.bucket
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket_policy.p.id
}

resource "aws_s3_bucket_ownership_controls" "o" {
  bucket = aws_s3_bucket_public_access_block.a.bucket
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
