# METADATA
# title: Role can be assumed by anyone
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_iam_role]
#   remediation: Set it otherwise.
package bench.role_trust

deny contains {"address": r.address, "message": "role can be assumed by anyone"} if {
	some r in input.resources.aws_iam_role
	some statement in r.values.assume_role_policy.Statement
	statement.Effect == "Allow"
	"*" in statement.Principal["*"]
}
