terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {}

provider "aws" {
  alias = "tagged"
  default_tags {
    tags = { Backup = "daily" }
  }
}

resource "aws_dynamodb_table" "fail_none" {
  name         = "fail-none"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

# By ARN.
resource "aws_dynamodb_table" "pass_arn" {
  name         = "pass-arn"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_rds_cluster" "pass_arn" {
  cluster_identifier          = "pass-arn"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_backup_selection" "arn" {
  name         = "arn"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_dynamodb_table.pass_arn.arn, aws_rds_cluster.pass_arn.arn]
}

# By a pattern, but for one.
resource "aws_db_instance" "this" {
  for_each                    = { pass_pattern = "kept-main", fail_pattern = "other-main", fail_excluded = "kept-not" }
  identifier                  = each.value
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_efs_file_system" "pass_pattern" {}

resource "aws_backup_selection" "pattern" {
  name          = "pattern"
  plan_id       = "plan"
  iam_role_arn  = "arn:aws:iam::123456789012:role/backup"
  resources     = ["arn:aws:rds:*:*:db:kept-*", "arn:aws:elasticfilesystem:*:*:file-system/*"]
  not_resources = ["arn:aws:rds:*:*:db:kept-not"]
}

# By tag.
resource "aws_docdb_cluster" "pass_tag" {
  skip_final_snapshot = true
  tags                = { Backup = "daily" }
}

resource "aws_neptune_cluster" "fail_tag" {
  skip_final_snapshot = true
  tags                = { Backup = "never" }
}

resource "aws_neptune_cluster" "pass_default_tag" {
  provider            = aws.tagged
  skip_final_snapshot = true
}

resource "aws_docdb_cluster" "fail_tag_over_default" {
  provider            = aws.tagged
  skip_final_snapshot = true
  tags                = { Backup = "never" }
}

resource "aws_backup_selection" "tag" {
  name         = "tag"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}

# By all of several conditions.
resource "aws_dynamodb_table" "condition" {
  for_each = {
    pass_conditions = { Stage = "prod-eu" }
    fail_one        = { Stage = "test" }
    fail_other      = { Stage = "prod-eu", Scratch = "yes" }
  }
  name         = each.key
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  tags = each.value
}

resource "aws_backup_selection" "condition" {
  name         = "condition"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = ["*"]
  condition {
    string_like {
      key   = "aws:ResourceTag/Stage"
      value = "prod-*"
    }
    string_not_equals {
      key   = "aws:ResourceTag/Scratch"
      value = "yes"
    }
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "daily"
}

resource "aws_docdb_cluster" "unknown_tag" {
  skip_final_snapshot = true
  tags                = { Backup = terraform_data.later.output }
}

module "table" {
  source   = "./module"
  for_each = { fail_module = 0, pass_module = 1 }
  name     = each.key
  backups  = each.value
}
