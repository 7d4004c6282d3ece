# METADATA
# title: No AWS Config recorder is switched on
# description: |
#   AWS Config keeps the history of every resource: what a security group allowed last Tuesday, and since when. Without
#   a recorder there is no history, and no Config rule or Security Hub check has anything to judge. A recorder alone
#   records nothing: Terraform switches it on by a resource of its own, once it has a delivery channel. Where another
#   stack has the account's recorder, set `account_wide`. A plan of few types of resources and no recorder is part of
#   something larger, and is not judged.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [plan]
#   remediation: Add a recorder, a delivery channel and an aws_config_configuration_recorder_status that enables it.
#   example: |
#     resource "aws_config_configuration_recorder" "main" {
#       role_arn = aws_iam_role.config.arn
#     }
#     resource "aws_config_delivery_channel" "main" {
#       s3_bucket_name = aws_s3_bucket.audit.id
#       depends_on     = [aws_config_configuration_recorder.main]
#     }
#     resource "aws_config_configuration_recorder_status" "main" {
#       name       = aws_config_configuration_recorder.main.name
#       is_enabled = true
#       depends_on = [aws_config_delivery_channel.main]
#     }
#   reports: [batch-financial 13]
#   controls: {cis_aws: ["3.3"], nist_800_53: [CM-3, CM-6, CM-8], soc2: [CC7.1]}
#   params:
#     account_wide: {type: boolean, default: false, description: Whether another stack has the account's recorder.}
#     min_types:
#       type: integer
#       default: 8
#       description: From how many types of AWS resources on a plan without a recorder is judged.
package aws.config.recorder

import data.lib.tf

params := input.params["aws.config.recorder"]

examined contains tf.plan.address if {
	params.account_wide == false
	is_asked
}

is_asked if count(recorders) > 0

is_asked if count(statuses) > 0

is_asked if count([type | some type, _ in input.resources; startswith(type, "aws_")]) >= params.min_types

recorders := object.get(input.resources, "aws_config_configuration_recorder", [])

statuses := object.get(input.resources, "aws_config_configuration_recorder_status", [])

# Of each status that is not off, the doubts whether it is on.
candidates := [tf.cause(enabled) |
	some status in statuses
	enabled := tf.get(status, "is_enabled", false)
	not tf.is_false(enabled)
]

deny contains tf.finding_with(tf.plan, message, {"expected": "a recorder that is switched on"}) if {
	count(examined) > 0
	count(candidates) == 0
}

unknown contains tf.finding_with(tf.plan, "whether a recorder is switched on is known after apply", details) if {
	count(examined) > 0
	count(candidates) > 0
	every causes in candidates {
		count(causes) > 0
	}
	details := {
		"expected": "a recorder that is switched on",
		"cause": [cause | some causes in candidates; some cause in causes],
	}
}

message := sprintf("AWS Config records nothing: %s is off", [concat(", ", names(statuses))]) if count(statuses) > 0

else := sprintf("AWS Config records nothing: nothing switches %s on", [concat(", ", names(recorders))]) if {
	count(recorders) > 0
}

else := "no AWS Config recorder keeps the history of the resources"

names(resources) := [resource.address | some resource in resources]
