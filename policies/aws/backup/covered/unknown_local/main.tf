terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Without the source, the plan does not tell what the local value is made of.
resource "aws_dynamodb_table" "unknown_table" {
  name         = "unknown-table"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

locals {
  tables = [aws_dynamodb_table.unknown_table.arn]
}

resource "aws_backup_selection" "local" {
  name         = "local"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = local.tables
}

# What is certainly covered is not in doubt.
resource "aws_dynamodb_table" "pass_table" {
  name         = "pass-table"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_backup_selection" "direct" {
  name         = "direct"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_dynamodb_table.pass_table.arn]
}
