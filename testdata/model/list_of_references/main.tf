# A list of several references, in the order of the configuration.
variable "more" {
  default = ["sg-0123456789abcdef0"]
}

resource "aws_security_group" "one" {}

resource "aws_security_group" "two" {}

resource "aws_security_group" "many" {
  count = 2
}

resource "aws_elasticache_replication_group" "direct" {
  replication_group_id = "direct"
  description          = "d"
  security_group_ids   = [aws_security_group.one.id, aws_security_group.two.id]
}

resource "aws_elasticache_replication_group" "concat" {
  replication_group_id = "concat"
  description          = "d"
  security_group_ids   = concat(aws_security_group.many[*].id, var.more)
}

resource "aws_elasticache_replication_group" "set" {
  replication_group_id = "set"
  description          = "d"
  security_group_ids   = toset([aws_security_group.one.id, aws_security_group.many[1].id])
}

resource "aws_elasticache_replication_group" "flat" {
  replication_group_id = "flat"
  description          = "d"
  security_group_ids   = compact(flatten([aws_security_group.two.id, aws_security_group.many.*.id]))
}
