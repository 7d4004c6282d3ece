# METADATA
# title: Instance answers metadata requests without a token
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_instance]
#   remediation: Set it otherwise.
package bench.instance_metadata

deny contains {"address": r.address, "message": "instance answers metadata requests without a token"} if {
	some r in input.resources.aws_instance
	some options in r.values.metadata_options
	options.http_endpoint == "enabled"
	options.http_tokens == "optional"
}
