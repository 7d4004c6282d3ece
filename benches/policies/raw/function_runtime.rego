# Function runs on a runtime that is no longer kept, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.function_runtime

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_lambda_function"
	r.change.after.runtime in {"nodejs14.x", "python3.7"}
}
