# A module takes the id of a bucket.
resource "aws_s3_bucket" "b" {}

module "closed" {
  source = "./closed"
  bucket = aws_s3_bucket.b.id
}

module "named" {
  source = "./closed"
  bucket = "a-bucket-of-elsewhere"
}
