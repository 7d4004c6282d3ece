variable "policy" {}

resource "aws_s3_bucket_policy" "this" {
  bucket = "b"
  policy = var.policy
}
