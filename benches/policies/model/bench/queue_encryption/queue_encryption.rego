# METADATA
# title: Queue is not encrypted
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_sqs_queue]
#   remediation: Set it otherwise.
package bench.queue_encryption

deny contains {"address": r.address, "message": "queue is not encrypted"} if {
	some r in input.resources.aws_sqs_queue
	r.values.kms_master_key_id == null
	r.values.sqs_managed_sse_enabled == false
}
