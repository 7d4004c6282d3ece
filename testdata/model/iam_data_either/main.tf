# One of two documents that are read at apply: which one is not certain, so the document is not known.
# show: aws_s3_bucket_policy.p policy
variable "first" {
  default = true
}

resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "one" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "two" {
  statement {
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
  }
}

resource "aws_s3_bucket_policy" "p" {
  bucket = "p"
  policy = var.first ? data.aws_iam_policy_document.one.json : data.aws_iam_policy_document.two.json
}
