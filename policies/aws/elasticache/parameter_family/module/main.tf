variable "family" {
  type = string
}

resource "aws_elasticache_parameter_group" "this" {
  name   = "module"
  family = var.family
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "module"
  description          = "Sessions"
  engine_version       = "7.0"
  parameter_group_name = aws_elasticache_parameter_group.this.name
}
