# A statement that overrides another has the same sid and takes its place; one without a sid is added.
# show: aws_s3_bucket_policy.p policy
# show: aws_s3_bucket_policy.unknown policy
resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "override" {
  statement {
    sid       = "same"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["*"]
  }
  statement {
    actions   = ["s3:ListAllMyBuckets"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d" {
  override_policy_documents = [data.aws_iam_policy_document.override.json]
  statement {
    sid       = "same"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
  }
  statement {
    sid       = "other"
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "late" {
  statement {
    sid       = "same"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "overridden_late" {
  override_policy_documents = [data.aws_iam_policy_document.late.json]
  statement {
    sid       = "same"
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

resource "aws_s3_bucket_policy" "p" {
  bucket = "p"
  policy = data.aws_iam_policy_document.d.json
}

resource "aws_s3_bucket_policy" "unknown" {
  bucket = "unknown"
  policy = data.aws_iam_policy_document.overridden_late.json
}
