# A module takes an object with references in it. The plan's JSON tells what the object is made of, not which member
# is which, so that one of several is not certain.
resource "aws_s3_bucket" "b" {}

resource "aws_kms_key" "k" {}

module "closed" {
  source = "./closed"
  site   = { bucket = aws_s3_bucket.b.id, name = "n" }
}

module "encrypted" {
  source = "./encrypted"
  site   = { bucket = aws_s3_bucket.b.id, key = aws_kms_key.k.arn }
}
