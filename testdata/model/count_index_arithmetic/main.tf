# The plan's JSON tells count.index, not what is added to it. Where more or fewer instances count than there are, any
# may be meant.
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
