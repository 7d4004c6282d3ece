# Queue is not encrypted, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.queue_encryption

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_sqs_queue"
	r.change.after.kms_master_key_id == null
	r.change.after.sqs_managed_sse_enabled == false
}
