provider "aws" {
  region = "us-east-1"
}

locals {
  open = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Open", Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }]
  })
  closed = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_sns_topic" "fail_left_out" {
  name = "left-out"
}

resource "aws_sns_topic" "fail_inline" {
  name   = "open"
  policy = local.open
}

resource "aws_sns_topic" "pass_inline" {
  name   = "closed"
  policy = local.closed
}

resource "aws_sns_topic" "pass_separate" {
  for_each = toset(["open", "closed", "function", "account", "https"])
  name     = each.key
}

resource "aws_sns_topic_policy" "fail_open" {
  arn    = aws_sns_topic.pass_separate["open"].arn
  policy = local.open
}

resource "aws_sns_topic_policy" "pass_closed" {
  arn    = aws_sns_topic.pass_separate["closed"].arn
  policy = local.closed
}

# what a function makes of an unknown value, the plan cannot tell
resource "aws_sns_topic_policy" "unknown_function" {
  arn = aws_sns_topic.pass_separate["function"].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.pass_separate["function"].arn
    }]
  })
}

# the conditions tell the two apart
data "aws_iam_policy_document" "topic" {
  for_each = { account = "aws:SourceAccount", https = "aws:SecureTransport" }
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.pass_separate[each.key].arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = each.value
      values   = ["123456789012"]
    }
  }
}

resource "aws_sns_topic_policy" "pass_document" {
  arn    = aws_sns_topic.pass_separate["account"].arn
  policy = data.aws_iam_policy_document.topic["account"].json
}

resource "aws_sns_topic_policy" "fail_document" {
  arn    = aws_sns_topic.pass_separate["https"].arn
  policy = data.aws_iam_policy_document.topic["https"].json
}

module "topics" {
  source   = "./module"
  for_each = { pass_closed = local.closed, fail_null = null }
  name     = each.key
  policy   = each.value
}
