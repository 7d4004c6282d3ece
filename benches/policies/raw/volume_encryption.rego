# Volume is not encrypted, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.volume_encryption

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_ebs_volume"
	r.change.after.encrypted == false
}
