# METADATA
# title: Bucket is deleted with what is in it
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Set it otherwise.
package bench.bucket_destroy

deny contains {"address": r.address, "message": "bucket is deleted with what is in it"} if {
	some r in input.resources.aws_s3_bucket
	r.values.force_destroy == true
}
