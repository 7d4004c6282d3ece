terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "token" {
  type      = string
  default   = "not-a-secret-example"
  sensitive = true
}

resource "aws_elasticache_replication_group" "fail_neither" {
  replication_group_id       = "fail-neither"
  description                = "Neither a token nor users"
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "fail_empty" {
  replication_group_id       = "fail-empty"
  description                = "No users"
  transit_encryption_enabled = "true"
  user_group_ids             = []
}

resource "aws_elasticache_replication_group" "pass_token" {
  replication_group_id       = "pass-token"
  description                = "A token"
  transit_encryption_enabled = true
  auth_token                 = var.token
}

resource "aws_elasticache_user_group" "app" {
  user_group_id = "app"
  engine        = "redis"
}

resource "aws_elasticache_replication_group" "pass_users" {
  replication_group_id       = "pass-users"
  description                = "Users"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.app.id]
}

resource "aws_elasticache_replication_group" "pass_users_by_name" {
  replication_group_id       = "pass-users-by-name"
  description                = "Users"
  transit_encryption_enabled = true
  user_group_ids             = ["elsewhere"]
}

resource "aws_elasticache_replication_group" "na_plain" {
  replication_group_id       = "na-plain"
  description                = "Not encrypted"
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "na_left_out" {
  replication_group_id = "na-left-out"
  description          = "Not encrypted"
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}

data "aws_secretsmanager_secret_version" "token" {
  secret_id = aws_secretsmanager_secret.token.id
}

resource "aws_elasticache_replication_group" "pass_secret" {
  replication_group_id       = "pass-secret"
  description                = "A token that is only read when the plan is applied"
  transit_encryption_enabled = true
  auth_token                 = data.aws_secretsmanager_secret_version.token.secret_string
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "app"
}

resource "aws_elasticache_replication_group" "unknown_token" {
  replication_group_id       = "unknown-token"
  description                = "A token, perhaps"
  transit_encryption_enabled = true
  auth_token                 = terraform_data.later.output
}

resource "aws_elasticache_replication_group" "unknown_users" {
  replication_group_id       = "unknown-users"
  description                = "Users, perhaps"
  transit_encryption_enabled = true
  user_group_ids             = toset(split(",", terraform_data.later.output))
}

resource "aws_elasticache_replication_group" "unknown_encryption" {
  replication_group_id       = "unknown-encryption"
  description                = "Encrypted, perhaps"
  transit_encryption_enabled = terraform_data.later.output == "app"
}

module "cache" {
  source   = "./module"
  for_each = { fail_module = null, pass_module = "not-a-secret-example" }
  token    = each.value
}
