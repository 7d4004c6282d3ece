# Bucket may be made public, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.bucket_public

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_s3_bucket_public_access_block"
	some flag in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	r.change.after[flag] == false
}
