terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_elasticache_replication_group" "fail_long" {
  replication_group_id = "online-shop-sessions1"
  description          = "One character too many"
}

resource "aws_elasticache_replication_group" "pass_longest" {
  replication_group_id = "online-shop-sessions"
  description          = "As long as may be"
}

resource "aws_elasticache_replication_group" "pass_short" {
  replication_group_id = "sessions"
  description          = "Short"
}

# What only apply tells.
resource "terraform_data" "later" {
  input = "sessions"
}

resource "aws_elasticache_replication_group" "unknown_id" {
  replication_group_id = terraform_data.later.output
  description          = "Known after apply"
}

module "cache" {
  source   = "./module"
  for_each = { fail_module = "production", pass_module = "prod" }
  stage    = each.value
}
