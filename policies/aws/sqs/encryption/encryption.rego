# METADATA
# title: SQS queue is not encrypted
# description: |
#   A queue keeps messages for up to 14 days. AWS encrypts a new queue with keys that SQS manages unless it is told not
#   to, and this one is told not to, or dates from before that and was never changed, and has no KMS key either: the
#   messages lie on disk in the clear.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_sqs_queue]
#   remediation: Set sqs_managed_sse_enabled to true, or kms_master_key_id to a KMS key.
#   example: |
#     resource "aws_sqs_queue" "jobs" {
#       name              = "jobs"
#       kms_master_key_id = aws_kms_key.main.id
#     }
#   controls: {nist_800_53: [SC-28, SC-28(1)], soc2: [CC6.1]}
package aws.sqs.encryption

import data.lib.kms
import data.lib.tf

deny contains tf.finding_with(queue, message, details) if {
	some queue in input.resources.aws_sqs_queue
	plain(queue) == []
	message := "SSE-SQS is off and it has no KMS key, so its messages are unencrypted"
	details := {"attribute": "sqs_managed_sse_enabled", "found": false, "expected": expected}
}

unknown contains tf.finding_with(queue, "whether it is encrypted is known after apply", details) if {
	some queue in input.resources.aws_sqs_queue
	doubts := plain(queue)
	count(doubts) > 0
	details := {"attribute": "sqs_managed_sse_enabled", "expected": expected, "cause": doubts}
}

# Doubts whether the queue's messages are unencrypted.
plain(queue) := array.concat(unmanaged(queue), kms.no_key(queue, "kms_master_key_id"))

# AWS encrypts with SSE-SQS what the configuration leaves unset.
unmanaged(queue) := [] if tf.is_false(tf.get(queue, "sqs_managed_sse_enabled", true))

else := causes if {
	causes := tf.cause(tf.get(queue, "sqs_managed_sse_enabled", true))
	count(causes) > 0
}

expected := "SSE-SQS, or a KMS key"
