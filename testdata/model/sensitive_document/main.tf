# A policy with a secret in it: as JSON it is hidden as a whole, in a data source that is read at apply in its place.
# show: aws_iam_policy.text policy
# show: aws_s3_bucket_policy.p policy
variable "account" {
  sensitive = true
  default   = "CANARY-account"
}

resource "aws_s3_bucket" "b" {}

resource "aws_iam_policy" "text" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = var.account }]
  })
}

data "aws_iam_policy_document" "d" {
  statement {
    sid       = "kept"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn, var.account]
    principals {
      type        = "AWS"
      identifiers = [var.account]
    }
  }
}

resource "aws_s3_bucket_policy" "p" {
  bucket = "p"
  policy = data.aws_iam_policy_document.d.json
}
