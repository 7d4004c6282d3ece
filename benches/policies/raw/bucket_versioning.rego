# Bucket keeps no versions, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.bucket_versioning

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_s3_bucket_versioning"
	some block in r.change.after.versioning_configuration
	block.status == "Suspended"
}
