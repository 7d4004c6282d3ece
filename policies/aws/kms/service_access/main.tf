provider "aws" {
  region = "us-east-1"
}

locals {
  account = {
    Sid       = "Account"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::123456789012:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
  services = merge(local.account, {
    Principal = {
      Service = [
        "logs.us-east-1.amazonaws.com", "cloudtrail.amazonaws.com", "events.amazonaws.com", "cloudwatch.amazonaws.com",
      ]
    }
  })
  closed = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
  open   = jsonencode({ Version = "2012-10-17", Statement = [local.account, local.services] })
}

resource "aws_kms_key" "na_unused" {
  policy = local.closed
}

# log groups
resource "aws_kms_key" "fail_left_out" {
  enable_key_rotation = true
}

resource "aws_kms_key" "fail_logs" {
  policy = local.closed
}

resource "aws_kms_key" "pass_logs" {
  policy = local.open
}

resource "aws_kms_key" "pass_separate" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "separate" {
  key_id = aws_kms_key.pass_separate.key_id
  policy = local.open
}

resource "aws_kms_key" "unknown_policy" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.account, merge(local.services, { Principal = { AWS = aws_iam_role.main.arn } })]
  })
}

resource "aws_iam_role" "main" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_cloudwatch_log_group" "left_out" {
  name       = "left_out"
  kms_key_id = aws_kms_key.fail_left_out.arn
}

resource "aws_cloudwatch_log_group" "logs" {
  name       = "logs"
  kms_key_id = aws_kms_key.fail_logs.arn
}

resource "aws_cloudwatch_log_group" "open" {
  name       = "open"
  kms_key_id = aws_kms_key.pass_logs.arn
}

resource "aws_cloudwatch_log_group" "separate" {
  name       = "separate"
  kms_key_id = aws_kms_key.pass_separate.arn
}

resource "aws_cloudwatch_log_group" "unknown" {
  name       = "unknown"
  kms_key_id = aws_kms_key.unknown_policy.arn
}

# which of the two keys it is, the plan does not tell
resource "aws_kms_key" "unknown_use" {
  count  = 2
  policy = local.closed
}

resource "aws_cloudwatch_log_group" "either" {
  name       = "either"
  kms_key_id = element(aws_kms_key.unknown_use[*].arn, 7)
}

# a trail
resource "aws_kms_key" "fail_trail" {
  policy = local.closed
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "trail"
  kms_key_id     = aws_kms_key.fail_trail.arn
}

# topics: by the key and by its alias, with and without anyone who publishes
resource "aws_kms_key" "fail_alarms" {
  policy = local.closed
}

resource "aws_kms_alias" "alarms" {
  name          = "alias/alarms"
  target_key_id = aws_kms_key.fail_alarms.key_id
}

resource "aws_sns_topic" "alarms" {
  name              = "alarms"
  kms_master_key_id = aws_kms_alias.alarms.name
}

resource "aws_cloudwatch_metric_alarm" "main" {
  alarm_name          = "main"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_kms_key" "na_quiet" {
  policy = local.closed
}

resource "aws_sns_topic" "quiet" {
  name              = "quiet"
  kms_master_key_id = aws_kms_key.na_quiet.key_id
}

module "events" {
  source   = "./module"
  for_each = { pass_open = local.open, fail_closed = local.closed }
  name     = each.key
  policy   = each.value
}
