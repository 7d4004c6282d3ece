variable "stage" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "shop-sessions-${var.stage}"
  description          = "Sessions"
}
