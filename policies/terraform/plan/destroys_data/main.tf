# Planned from prior/ with -replace=aws_secretsmanager_secret.fail_secret.
provider "aws" {
  region = "us-east-1"
}

resource "aws_s3_bucket" "fail_renamed" {
  bucket = "new-name"
}

resource "aws_s3_bucket" "pass_updated" {
  bucket = "updated"
  tags   = { Team = "orders" }
}

resource "aws_s3_bucket" "na_kept" {
  bucket = "kept"
}

resource "aws_s3_bucket" "na_created" {
  bucket = "created"
}

removed {
  from = aws_s3_bucket.pass_forgotten
  lifecycle {
    destroy = false
  }
}

resource "aws_dynamodb_table" "fail_rekeyed" {
  name         = "rekeyed"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "order"

  attribute {
    name = "order"
    type = "S"
  }
}

resource "aws_sqs_queue" "fail_replaced_first" {
  name = "replaced-first-anew"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue" "each" {
  for_each           = toset(["pass_kept"])
  name               = each.key
  visibility_timeout_seconds = 60
}

moved {
  from = aws_sqs_queue.na_moved_from
  to   = aws_sqs_queue.na_moved
}

resource "aws_sqs_queue" "na_moved" {
  name = "moved"
}

resource "aws_secretsmanager_secret" "fail_secret" {
  name = "old"
}
