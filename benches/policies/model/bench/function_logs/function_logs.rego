# METADATA
# title: Function has no log group of its own
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Set it otherwise.
package bench.function_logs

groups := {group.values.name | some group in input.resources.aws_cloudwatch_log_group}

deny contains {"address": r.address, "message": "function has no log group of its own"} if {
	some r in input.resources.aws_lambda_function
	not sprintf("/aws/lambda/%s", [r.values.function_name]) in groups
}
