# METADATA
# title: Volume is not encrypted
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_ebs_volume]
#   remediation: Set it otherwise.
package bench.volume_encryption

deny contains {"address": r.address, "message": "volume is not encrypted"} if {
	some r in input.resources.aws_ebs_volume
	r.values.encrypted == false
}
