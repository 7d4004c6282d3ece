# one() of a list of at most one; with none there is nothing to refer to.
resource "aws_s3_bucket" "made" {
  count = 1
}

resource "aws_s3_bucket" "unmade" {
  count = 0
}

resource "aws_s3_bucket_public_access_block" "made" {
  bucket = one(aws_s3_bucket.made[*].id)
}

resource "aws_s3_bucket_public_access_block" "joined" {
  bucket = join("", aws_s3_bucket.made.*.id)
}

resource "aws_s3_bucket_logging" "either" {
  bucket        = one(aws_s3_bucket.made[*].id)
  target_bucket = coalesce(one(aws_s3_bucket.unmade[*].id), one(aws_s3_bucket.made[*].id))
  target_prefix = ""
}
