# A module takes a whole resource, or several by key.
resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket" "many" {
  for_each = toset(["x", "y"])
}

module "one" {
  source = "./one"
  bucket = aws_s3_bucket.b
}

module "many" {
  source  = "./many"
  buckets = aws_s3_bucket.many
}
