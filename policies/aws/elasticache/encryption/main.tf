terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_elasticache_replication_group" "fail_left_out" {
  replication_group_id = "fail-left-out"
  description          = "Neither"
}

resource "aws_elasticache_replication_group" "fail_at_rest" {
  replication_group_id       = "fail-at-rest"
  description                = "In transit only"
  at_rest_encryption_enabled = false
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "fail_in_transit" {
  replication_group_id       = "fail-in-transit"
  description                = "At rest only"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = "false"
}

resource "aws_elasticache_replication_group" "pass_both" {
  replication_group_id       = "pass-both"
  description                = "Both"
  at_rest_encryption_enabled = "true"
  transit_encryption_enabled = true
}

# Valkey is encrypted at rest, but not in transit, where nothing is said.
resource "aws_elasticache_replication_group" "pass_valkey" {
  replication_group_id       = "pass-valkey"
  description                = "Both"
  engine                     = "valkey"
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "fail_valkey" {
  replication_group_id = "fail-valkey"
  description          = "At rest only"
  engine               = "valkey"
}

resource "aws_elasticache_replication_group" "fail_valkey_off" {
  replication_group_id       = "fail-valkey-off"
  description                = "In transit only"
  engine                     = "valkey"
  at_rest_encryption_enabled = false
  transit_encryption_enabled = true
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_elasticache_replication_group" "unknown_at_rest" {
  replication_group_id       = "unknown-at-rest"
  description                = "Perhaps"
  at_rest_encryption_enabled = terraform_data.later.output
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "unknown_in_transit" {
  replication_group_id       = "unknown-in-transit"
  description                = "Perhaps"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = terraform_data.later.output
}

module "cache" {
  source    = "./module"
  for_each  = { fail_module = false, pass_module = true }
  encrypted = each.value
}
