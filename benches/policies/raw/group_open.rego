# Security group lets the internet administer machines, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.group_open

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_security_group"
	some rule in r.change.after.ingress
	"0.0.0.0/0" in rule.cidr_blocks
	some port in [22, 3389]
	rule.from_port <= port
	rule.to_port >= port
}
