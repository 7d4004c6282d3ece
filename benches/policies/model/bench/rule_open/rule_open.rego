# METADATA
# title: Security group rule lets the internet administer machines
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_security_group_rule]
#   remediation: Set it otherwise.
package bench.rule_open

deny contains {"address": r.address, "message": "security group rule lets the internet administer machines"} if {
	some r in input.resources.aws_security_group_rule
	r.values.type == "ingress"
	"0.0.0.0/0" in r.values.cidr_blocks
	some port in [22, 3389]
	r.values.from_port <= port
	r.values.to_port >= port
}
