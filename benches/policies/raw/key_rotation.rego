# Key is never rotated, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.key_rotation

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_kms_key"
	r.change.after.enable_key_rotation == false
}
