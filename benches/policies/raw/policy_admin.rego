# Policy allows everything, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.policy_admin

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_iam_policy"
	some statement in json.unmarshal(r.change.after.policy).Statement
	statement.Effect == "Allow"
	statement.Action == "*"
	statement.Resource == "*"
}
