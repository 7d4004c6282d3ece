package rules.open_ports

resource_type = "aws_security_group"

deny[msg] {
  rule := input.ingress[_]
  rule.cidr_blocks[_] == "0.0.0.0/0"
  msg = sprintf("port %d is open", [rule.from_port])
}
