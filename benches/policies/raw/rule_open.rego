# Security group rule lets the internet administer machines, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.rule_open

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_security_group_rule"
	r.change.after.type == "ingress"
	"0.0.0.0/0" in r.change.after.cidr_blocks
	some port in [22, 3389]
	r.change.after.from_port <= port
	r.change.after.to_port >= port
}
