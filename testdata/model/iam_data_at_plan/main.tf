# A document that was read while planning, with the provider's defaults, and one made of others.
# show: data.aws_iam_policy_document.defaults json
# show: data.aws_iam_policy_document.merged json
# show: aws_iam_policy.p policy
data "aws_iam_policy_document" "defaults" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "same"
    actions   = ["s3:*"]
    resources = ["*"]
  }
  statement {
    sid       = "kept"
    actions   = ["sqs:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "same", Effect = "Deny", Action = "s3:*", Resource = "*" }]
  })]
  statement {
    actions   = ["ec2:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.merged.json
}
