# Statements and principals of dynamic blocks, over what is known and what is not.
# show: aws_s3_bucket_policy.statements policy
# show: aws_s3_bucket_policy.principals policy
# show: aws_s3_bucket_policy.unknown_statements policy
# show: aws_s3_bucket_policy.unknown_principals policy
# show: aws_s3_bucket_policy.only_unknown policy
resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "statements" {
  dynamic "statement" {
    for_each = { read = "s3:GetObject", write = "s3:PutObject" }
    content {
      sid       = statement.key
      actions   = [statement.value]
      resources = [aws_s3_bucket.b.arn]
    }
  }
  statement {
    sid       = "fixed"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.b.arn]
  }
}

data "aws_iam_policy_document" "principals" {
  statement {
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn]
    dynamic "principals" {
      for_each = { AWS = ["111111111111"], Service = ["s3.amazonaws.com"] }
      content {
        type        = principals.key
        identifiers = principals.value
      }
    }
  }
}

data "aws_iam_policy_document" "unknown_statements" {
  statement {
    sid       = "fixed"
    actions   = ["s3:*"]
    resources = ["*"]
  }
  dynamic "statement" {
    for_each = aws_s3_bucket.b.arn == "" ? [1] : []
    content {
      actions   = ["s3:*"]
      resources = ["*"]
    }
  }
}

data "aws_iam_policy_document" "unknown_principals" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    dynamic "principals" {
      for_each = aws_s3_bucket.b.arn == "" ? [1] : []
      content {
        type        = "AWS"
        identifiers = ["*"]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "statements" {
  bucket = "statements"
  policy = data.aws_iam_policy_document.statements.json
}

resource "aws_s3_bucket_policy" "principals" {
  bucket = "principals"
  policy = data.aws_iam_policy_document.principals.json
}

resource "aws_s3_bucket_policy" "unknown_statements" {
  bucket = "unknown-statements"
  policy = data.aws_iam_policy_document.unknown_statements.json
}

resource "aws_s3_bucket_policy" "unknown_principals" {
  bucket = "unknown-principals"
  policy = data.aws_iam_policy_document.unknown_principals.json
}

data "aws_iam_policy_document" "only_unknown" {
  dynamic "statement" {
    for_each = aws_s3_bucket.b.arn == "" ? [1] : []
    content {
      actions   = ["s3:*"]
      resources = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "only_unknown" {
  bucket = "only-unknown"
  policy = data.aws_iam_policy_document.only_unknown.json
}
