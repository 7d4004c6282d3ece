# METADATA
# title: Bucket keeps no versions
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket_versioning]
#   remediation: Set it otherwise.
package bench.bucket_versioning

deny contains {"address": r.address, "message": "bucket keeps no versions"} if {
	some r in input.resources.aws_s3_bucket_versioning
	some block in r.values.versioning_configuration
	block.status == "Suspended"
}
