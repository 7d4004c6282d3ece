# A document that is read at apply, over documents that are known.
# show: aws_s3_bucket_policy.one policy
# show: aws_s3_bucket_policy.two policy
resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "known" {
  statement {
    sid       = "known"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "one" {
  source_policy_documents = [data.aws_iam_policy_document.known.json]
  statement {
    sid       = "own"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "two" {
  source_policy_documents = [
    data.aws_iam_policy_document.known.json,
    jsonencode({ Version = "2012-10-17", Statement = { Sid = "text", Effect = "Allow", Action = "*", Resource = "*" } }),
  ]
  statement {
    sid       = "known"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
  }
}

resource "aws_s3_bucket_policy" "one" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.one.json
}

resource "aws_s3_bucket_policy" "two" {
  bucket = "b"
  policy = data.aws_iam_policy_document.two.json
}
