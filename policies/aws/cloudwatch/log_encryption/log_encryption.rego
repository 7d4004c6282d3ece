# METADATA
# title: Log group is not encrypted with a KMS key of yours
# description: |
#   CloudWatch encrypts logs with a key of its own: whoever may read the group reads them, and no key policy can stop
#   that or record it. With a customer managed key, reading takes kms:Decrypt as well, and disabling the key closes
#   the logs at once. The key's policy has to let logs.REGION.amazonaws.com use it; logs that are there already stay
#   as they were.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_cloudwatch_log_group]
#   remediation: Set kms_key_id to the ARN of a customer managed KMS key that CloudWatch Logs may use.
#   example: |
#     resource "aws_cloudwatch_log_group" "app" {
#       name              = "/app"
#       retention_in_days = 365
#       kms_key_id        = aws_kms_key.logs.arn
#     }
#   reports: [batch-financial 8, batch-financial 21]
#   controls: {nist_800_53: [AU-9, SC-12, SC-28], soc2: [CC6.1]}
package aws.cloudwatch.log_encryption

import data.lib.tf

deny contains tf.finding_with(group, message, details) if {
	some group in input.resources.aws_cloudwatch_log_group
	tf.get(group, "kms_key_id", "none") == "none"
	message := "it has no KMS key of yours, so reading the group is enough to read its logs"
	details := {"attribute": "kms_key_id", "found": "none", "expected": "a customer managed KMS key"}
}
