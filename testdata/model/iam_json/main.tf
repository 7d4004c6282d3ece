# Documents as JSON: a text, jsonencode(), and every way to write a member.
# show: aws_iam_policy.text policy
# show: aws_iam_policy.encoded policy
# show: aws_sqs_queue_policy.single policy
# show: aws_kms_key.not policy
# show: aws_s3_bucket_policy.conditions policy
# show: aws_ecr_repository_policy.old policy
# show: aws_ecr_repository_policy.old policy.Version
# show: aws_kms_key.not policy.Version
# show: aws_kms_key.not policy.Id
resource "aws_iam_policy" "text" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"
}

resource "aws_iam_policy" "encoded" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["arn:aws:s3:::b/*"] },
      { Effect = "Deny", NotAction = "iam:*", NotResource = "arn:aws:s3:::c" },
    ]
  })
}

resource "aws_sqs_queue_policy" "single" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/123456789012/q"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*" }
  })
}

resource "aws_kms_key" "not" {
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "key"
    Statement = [
      { Sid = "root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Deny", NotPrincipal = { AWS = ["a", "b"], Service = "s3.amazonaws.com" }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_s3_bucket_policy" "conditions" {
  bucket = "b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = "*"
      Condition = {
        Bool            = { "aws:SecureTransport" = false }
        NumericLessThan = { "s3:TlsVersion" = 1.2 }
        StringEquals    = { "aws:PrincipalOrgID" = ["o-1", "o-2"] }
      }
    }]
  })
}

resource "aws_ecr_repository_policy" "old" {
  repository = "r"
  policy     = jsonencode({ Statement = [{ Effect = "Allow", Principal = {}, Action = [], Resource = "*" }] })
}
