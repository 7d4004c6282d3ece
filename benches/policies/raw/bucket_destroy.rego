# Bucket is deleted with what is in it, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.bucket_destroy

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_s3_bucket"
	r.change.after.force_destroy == true
}
