variable "encrypted" {
  type = bool
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "module"
  description                = "Sessions"
  at_rest_encryption_enabled = var.encrypted
  transit_encryption_enabled = var.encrypted
}
