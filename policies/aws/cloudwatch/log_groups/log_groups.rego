# METADATA
# title: Compute without any log group
# description: |
#   The plan runs code of yours, and has no place that its logs go to: after a failure or an intrusion there is nothing
#   to look into. Declare a log group for each application, with a retention and a key, and let the agent, the task or
#   the function write to it. A log group that is only read, as a data source, counts as well. Plans that run nothing
#   are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [plan]
#   remediation: Declare an aws_cloudwatch_log_group for what runs in the plan, and have it write there.
#   example: |
#     resource "aws_cloudwatch_log_group" "app" {
#       name              = "/app"
#       retention_in_days = 365
#       kms_key_id        = aws_kms_key.logs.arn
#     }
#   reports: [online-education 15, tapstack]
#   controls: {nist_800_53: [AU-2, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.cloudwatch.log_groups

import data.lib.cloudwatch
import data.lib.tf

examined contains tf.plan.address if count(cloudwatch.compute) > 0

groups := array.concat(
	object.get(input.resources, "aws_cloudwatch_log_group", []),
	object.get(object.get(input, "data", {}), "aws_cloudwatch_log_group", []),
)

deny contains tf.finding_with(tf.plan, message, details) if {
	count(groups) == 0
	message := sprintf("it has no log group, though %s runs in it", [cloudwatch.compute[0].address])
	details := {"found": "none", "expected": "an aws_cloudwatch_log_group"}
}
