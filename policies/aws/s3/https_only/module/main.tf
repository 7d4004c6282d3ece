variable "name" {
  type = string
}

variable "effect" {
  type = string
}

resource "aws_s3_bucket" "this" {
  bucket = "plangate-${replace(var.name, "_", "-")}"
}

data "aws_iam_policy_document" "this" {
  statement {
    effect    = var.effect
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.this.json
}
