# A known limit: the plan's JSON tells count.index, not what is added to it, so without the configuration itself
# these look like count.index. Only the last, which is out of range, is seen to be none.
resource "aws_s3_bucket" "b" {
  count = 3
}

resource "aws_s3_bucket_public_access_block" "next" {
  count  = 2
  bucket = aws_s3_bucket.b[count.index + 1].id
}

resource "aws_s3_bucket_public_access_block" "modulo" {
  count  = 5
  bucket = aws_s3_bucket.b[count.index % 3].id
}
