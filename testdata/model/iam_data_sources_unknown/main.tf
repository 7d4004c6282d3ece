# A document that is read at apply, over documents that are read at apply too: one, two, and one that is no data source.
# show: aws_s3_bucket_policy.one policy
# show: aws_s3_bucket_policy.two policy
# show: aws_s3_bucket_policy.mixed policy
# show: aws_s3_bucket_policy.encoded policy
resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "first" {
  statement {
    sid       = "first"
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "second" {
  statement {
    sid       = "second"
    actions   = ["s3:PutObject"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "known" {
  statement {
    sid       = "known"
    actions   = ["s3:ListBucket"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "one" {
  source_policy_documents = [data.aws_iam_policy_document.first.json]
  statement {
    sid       = "own"
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "two" {
  source_policy_documents = [data.aws_iam_policy_document.first.json, data.aws_iam_policy_document.second.json]
}

data "aws_iam_policy_document" "mixed" {
  source_policy_documents = [data.aws_iam_policy_document.known.json, data.aws_iam_policy_document.second.json]
}

data "aws_iam_policy_document" "encoded" {
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = aws_s3_bucket.b.arn }] })]
}

resource "aws_s3_bucket_policy" "one" {
  bucket = "one"
  policy = data.aws_iam_policy_document.one.json
}

resource "aws_s3_bucket_policy" "two" {
  bucket = "two"
  policy = data.aws_iam_policy_document.two.json
}

resource "aws_s3_bucket_policy" "mixed" {
  bucket = "mixed"
  policy = data.aws_iam_policy_document.mixed.json
}

resource "aws_s3_bucket_policy" "encoded" {
  bucket = "encoded"
  policy = data.aws_iam_policy_document.encoded.json
}
