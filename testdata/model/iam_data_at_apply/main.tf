# A document that is read at apply is made of what is known of its statements, with the provider's defaults.
# show: data.aws_iam_policy_document.d json
# show: aws_s3_bucket_policy.p policy
resource "aws_s3_bucket" "b" {}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.b.arn}/*", aws_s3_bucket.b.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
  statement {
    sid         = "tls"
    effect      = "Deny"
    not_actions = ["s3:ListBucket"]
    resources   = ["*"]
    not_principals {
      type        = "Service"
      identifiers = ["a.amazonaws.com", "b.amazonaws.com"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [aws_s3_bucket.b.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.d.json
}
