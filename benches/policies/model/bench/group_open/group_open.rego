# METADATA
# title: Security group lets the internet administer machines
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_security_group]
#   remediation: Set it otherwise.
package bench.group_open

deny contains {"address": r.address, "message": "security group lets the internet administer machines"} if {
	some r in input.resources.aws_security_group
	some rule in r.values.ingress
	"0.0.0.0/0" in rule.cidr_blocks
	some port in [22, 3389]
	rule.from_port <= port
	rule.to_port >= port
}
