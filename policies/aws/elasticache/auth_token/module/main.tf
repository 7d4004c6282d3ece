variable "token" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "module"
  description                = "Sessions"
  transit_encryption_enabled = true
  auth_token                 = var.token
}
