# Log group keeps logs for less than a month, or for ever, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.log_retention

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_cloudwatch_log_group"
	r.change.after.retention_in_days < 30
}
