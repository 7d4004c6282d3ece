# METADATA
# title: SNS topic is not encrypted
# description: |
#   Without a KMS key, SNS keeps the messages of a topic without server-side encryption until they are delivered, and no
#   key policy decides who may read them. Name a key of your own if AWS services publish to the topic: the key
#   alias/aws/sns cannot be opened to them, so that alarms and events would be lost.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_sns_topic]
#   remediation: Set kms_master_key_id to a KMS key.
#   example: |
#     resource "aws_sns_topic" "alerts" {
#       name              = "alerts"
#       kms_master_key_id = aws_kms_key.main.id
#     }
#   controls: {nist_800_53: [SC-28, SC-28(1)], soc2: [CC6.1]}
package aws.sns.encryption

import data.lib.kms
import data.lib.tf

deny contains tf.finding_with(topic, "it has no KMS key, so no key guards the messages that it keeps", details) if {
	some topic in input.resources.aws_sns_topic
	kms.no_key(topic, "kms_master_key_id") == []
	details := {"attribute": "kms_master_key_id", "expected": "a KMS key"}
}

unknown contains tf.finding_with(topic, "whether it has a KMS key is known after apply", details) if {
	some topic in input.resources.aws_sns_topic
	doubts := kms.no_key(topic, "kms_master_key_id")
	count(doubts) > 0
	details := {"attribute": "kms_master_key_id", "expected": "a KMS key", "cause": doubts}
}
