terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_elasticache_parameter_group" "group" {
  for_each = toset(["redis5.0", "redis6.x", "redis7", "valkey7", "valkey8"])
  name     = "group-${replace(each.key, ".", "-")}"
  family   = each.key
}

locals {
  # What the engine, its version and the family of its parameters are.
  caches = {
    fail_older       = ["redis", "7.0", "redis6.x"]
    fail_newer       = ["redis", "6.2", "redis7"]
    fail_oldest      = ["redis", "6.x", "redis5.0"]
    fail_engine      = ["valkey", "7.2", "redis7"]
    fail_valkey      = ["valkey", "8.0", "valkey7"]
    fail_left_out    = [null, "7.1", "redis6.x"]
    pass_five        = ["redis", "5.0.6", "redis5.0"]
    pass_six         = ["redis", "6.2", "redis6.x"]
    pass_six_of_any  = ["redis", "6.x", "redis6.x"]
    pass_seven       = ["redis", "7.1", "redis7"]
    pass_valkey      = ["valkey", "8.1", "valkey8"]
    pass_left_out    = [null, "7.0", "redis7"]
    pass_valkey_next = ["valkey", "7.2", "valkey7"]
  }
}

resource "aws_elasticache_replication_group" "cache" {
  for_each             = local.caches
  replication_group_id = replace(each.key, "_", "-")
  description          = "Sessions"
  engine               = each.value[0]
  engine_version       = each.value[1]
  parameter_group_name = aws_elasticache_parameter_group.group[each.value[2]].name
}

# Without a version it is AWS's newest.
resource "aws_elasticache_replication_group" "fail_newest" {
  replication_group_id = "fail-newest"
  description          = "Sessions"
  parameter_group_name = aws_elasticache_parameter_group.group["redis6.x"].name
}

resource "aws_elasticache_replication_group" "pass_newest" {
  replication_group_id = "pass-newest"
  description          = "Sessions"
  engine               = "valkey"
  parameter_group_name = aws_elasticache_parameter_group.group["valkey8"].name
}

# The groups that AWS makes have the family in their names.
resource "aws_elasticache_replication_group" "fail_default_group" {
  replication_group_id = "fail-default-group"
  description          = "Sessions"
  engine_version       = "7.1"
  parameter_group_name = "default.redis6.x.cluster.on"
}

resource "aws_elasticache_replication_group" "pass_default_group" {
  replication_group_id = "pass-default-group"
  description          = "Sessions"
  engine_version       = "7.1"
  parameter_group_name = "default.redis7"
}

resource "aws_elasticache_replication_group" "pass_none" {
  replication_group_id = "pass-none"
  description          = "Sessions"
  engine_version       = "7.1"
}

resource "aws_elasticache_replication_group" "na_elsewhere" {
  replication_group_id = "na-elsewhere"
  description          = "Sessions"
  engine_version       = "7.1"
  parameter_group_name = "elsewhere"
}

# Of a global datastore, whose engine is that of its primary.
resource "aws_elasticache_replication_group" "na_secondary" {
  replication_group_id        = "na-secondary"
  description                 = "Sessions"
  global_replication_group_id = "global"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "redis7"
}

resource "aws_elasticache_replication_group" "unknown_group" {
  replication_group_id = "unknown-group"
  description          = "Sessions"
  engine_version       = "7.1"
  parameter_group_name = terraform_data.later.output
}

resource "aws_elasticache_parameter_group" "later" {
  name   = "later"
  family = terraform_data.later.output
}

resource "aws_elasticache_replication_group" "unknown_family" {
  replication_group_id = "unknown-family"
  description          = "Sessions"
  engine_version       = "7.1"
  parameter_group_name = aws_elasticache_parameter_group.later.name
}

resource "aws_elasticache_replication_group" "unknown_version" {
  replication_group_id = "unknown-version"
  description          = "Sessions"
  engine_version       = terraform_data.later.output
  parameter_group_name = "default.redis7"
}

module "cache" {
  source   = "./module"
  for_each = { fail_module = "redis6.x", pass_module = "redis7" }
  family   = each.value
}
