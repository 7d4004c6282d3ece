# plan: --from prior
# state: before
# References in the state before, where the configuration is the new one: a block that now belongs to another bucket.
resource "aws_s3_bucket" "one" {
  bucket = "moved-block-one"
}

resource "aws_s3_bucket" "two" {
  bucket = "moved-block-two"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = aws_s3_bucket.two.id
}
