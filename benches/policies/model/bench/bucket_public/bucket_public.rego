# METADATA
# title: Bucket may be made public
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket_public_access_block]
#   remediation: Set it otherwise.
package bench.bucket_public

deny contains {"address": r.address, "message": "bucket may be made public"} if {
	some r in input.resources.aws_s3_bucket_public_access_block
	some flag in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	r.values[flag] == false
}
