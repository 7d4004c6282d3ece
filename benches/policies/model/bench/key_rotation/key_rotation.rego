# METADATA
# title: Key is never rotated
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_kms_key]
#   remediation: Set it otherwise.
package bench.key_rotation

deny contains {"address": r.address, "message": "key is never rotated"} if {
	some r in input.resources.aws_kms_key
	r.values.enable_key_rotation == false
}
