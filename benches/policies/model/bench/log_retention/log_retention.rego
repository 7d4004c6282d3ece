# METADATA
# title: Log group keeps logs for less than a month, or for ever
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_cloudwatch_log_group]
#   remediation: Set it otherwise.
package bench.log_retention

deny contains {"address": r.address, "message": "log group keeps logs for less than a month, or for ever"} if {
	some r in input.resources.aws_cloudwatch_log_group
	r.values.retention_in_days < 30
}
