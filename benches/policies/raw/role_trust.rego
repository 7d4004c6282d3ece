# Role can be assumed by anyone, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.role_trust

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_iam_role"
	some statement in json.unmarshal(r.change.after.assume_role_policy).Statement
	statement.Effect == "Allow"
	statement.Principal == "*"
}
