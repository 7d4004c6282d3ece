# METADATA
# title: Trail is not encrypted with a KMS key
# description: |
#   The trail tells every name, address and request in the account. S3 encrypts its files with a key that everybody who
#   may read the bucket may use; with a key of your own, reading them takes a second permission, and each reading is
#   recorded. The key's policy has to let cloudtrail.amazonaws.com use it.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_cloudtrail]
#   remediation: Set kms_key_id to the ARN of a KMS key whose policy lets CloudTrail use it.
#   example: |
#     resource "aws_cloudtrail" "main" {
#       name           = "account"
#       s3_bucket_name = aws_s3_bucket.audit.id
#       kms_key_id     = aws_kms_key.audit.arn
#       # ...
#     }
#   reports: [batch-financial 8]
#   controls: {cis_aws: ["3.5"], nist_800_53: [AU-9, SC-28], soc2: [CC6.1]}
package aws.cloudtrail.encryption

import data.lib.kms
import data.lib.tf

# Trails without a key, with the doubts about it.
gaps := [{"trail": trail, "doubts": doubts} |
	some trail in input.resources.aws_cloudtrail
	doubts := kms.no_key(trail, "kms_key_id")
]

deny contains tf.finding_with(gap.trail, "no KMS key encrypts its log files", details) if {
	some gap in gaps
	gap.doubts == []
	details := {"attribute": "kms_key_id", "expected": "a KMS key"}
}

unknown contains tf.finding_with(gap.trail, message, details) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := "whether a KMS key encrypts its log files is known after apply"
	details := {"attribute": "kms_key_id", "expected": "a KMS key", "cause": gap.doubts}
}
