# Function has no log group of its own, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.function_logs

groups := {group.change.after.name |
	some group in input.resource_changes
	group.type == "aws_cloudwatch_log_group"
}

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_lambda_function"
	not sprintf("/aws/lambda/%s", [r.change.after.function_name]) in groups
}
