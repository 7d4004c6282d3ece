# METADATA
# title: Function runs on a runtime that is no longer kept
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Set it otherwise.
package bench.function_runtime

deny contains {"address": r.address, "message": "function runs on a runtime that is no longer kept"} if {
	some r in input.resources.aws_lambda_function
	r.values.runtime in {"nodejs14.x", "python3.7"}
}
