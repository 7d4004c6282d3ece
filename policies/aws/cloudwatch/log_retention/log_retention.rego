# METADATA
# title: Log group is kept for ever, or not long enough
# description: |
#   A group without a retention keeps every line for ever: it costs more each month, and personal data in it never
#   goes. One that is kept too short is gone when an incident is found, often months after it began. Keep at least
#   `min_days`, a year by default. Groups of the class DELIVERY are kept for two days always, and are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_cloudwatch_log_group]
#   remediation: Set retention_in_days to the number of days that your logs have to be kept.
#   example: |
#     resource "aws_cloudwatch_log_group" "app" {
#       name              = "/app"
#       retention_in_days = 365
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [AU-10, AU-11, CA-7, SI-12], pci_dss: ["10.5.1"], soc2: [CC7.2]}
#   params:
#     min_days: {type: integer, default: 365, description: The least number of days that logs are kept.}
package aws.cloudwatch.log_retention

import data.lib.tf

min_days := input.params["aws.cloudwatch.log_retention"].min_days

groups := [group |
	some group in object.get(input.resources, "aws_cloudwatch_log_group", [])
	tf.get(group, "log_group_class", "STANDARD") != "DELIVERY"
]

examined := {group.address | some group in groups}

# 0 is for ever.
days(group) := tf.get(group, "retention_in_days", 0)

fault(found) := "its logs are kept for ever" if found == 0

else := message if {
	found < min_days
	message := sprintf("its logs are kept for %v days, too few to look into what is found late", [found])
}

deny contains tf.finding_with(group, message, details) if {
	some group in groups
	found := days(group)
	message := fault(found)
	details := {
		"attribute": "retention_in_days",
		"found": found,
		"expected": sprintf("at least %v days", [min_days]),
	}
}

unknown contains tf.finding_with(group, "how long its logs are kept is known after apply", details) if {
	some group in groups
	causes := tf.cause(days(group))
	count(causes) > 0
	details := {
		"attribute": "retention_in_days",
		"expected": sprintf("at least %v days", [min_days]),
		"cause": causes,
	}
}
