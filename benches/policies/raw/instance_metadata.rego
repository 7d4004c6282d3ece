# Instance answers metadata requests without a token, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.instance_metadata

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_instance"
	some options in r.change.after.metadata_options
	options.http_endpoint == "enabled"
	options.http_tokens == "optional"
}
