# METADATA
# title: Policy allows everything
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_iam_policy]
#   remediation: Set it otherwise.
package bench.policy_admin

deny contains {"address": r.address, "message": "policy allows everything"} if {
	some r in input.resources.aws_iam_policy
	some statement in r.values.policy.Statement
	statement.Effect == "Allow"
	"*" in statement.Action
	"*" in statement.Resource
}
