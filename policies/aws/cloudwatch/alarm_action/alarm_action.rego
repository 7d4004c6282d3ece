# METADATA
# title: CloudWatch alarm does nothing when it goes off
# description: |
#   An alarm without an action for its ALARM state, or with its actions disabled, changes colour in the console and
#   tells nobody. Give it a topic that people read, or a policy that scales. Actions for OK or for missing data alone
#   do not count. An alarm that a composite alarm, a deployment or a health check watches is not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_cloudwatch_metric_alarm, aws_cloudwatch_composite_alarm]
#   remediation: Add an SNS topic, a scaling policy or another action to alarm_actions and leave actions_enabled on.
#   example: |
#     resource "aws_cloudwatch_metric_alarm" "cpu" {
#       # ...
#       alarm_actions = [aws_sns_topic.alerts.arn]
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [AU-6(1), CA-7, IR-4(1), SI-4(5)], soc2: [CC7.2, CC7.3]}
package aws.cloudwatch.alarm_action

import data.lib.tf

# What acts on an alarm in its stead.
watchers := {
	"aws_appconfig_environment": "monitor.alarm_arn",
	"aws_cloudwatch_composite_alarm": "alarm_rule",
	"aws_codedeploy_deployment_group": "alarm_configuration.alarms",
	"aws_ecs_service": "alarms.alarm_names",
	"aws_route53_health_check": "cloudwatch_alarm_name",
}

alarms := [alarm |
	some type in ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"]
	some alarm in object.get(input.resources, type, [])
	not is_watched(alarm)
]

examined := {alarm.address | some alarm in alarms}

is_watched(alarm) if {
	some type, argument in watchers
	count(tf.referrers(alarm, type, argument)) > 0
}

is_watched(alarm) if named_in_rules[alarm.values.alarm_name]

# What the known rules of composite alarms have between brackets and quotes: the names of alarms, among others.
named_in_rules := {trim_space(part) |
	some composite in object.get(input.resources, "aws_cloudwatch_composite_alarm", [])
	rule := tf.get(composite, "alarm_rule", "")
	is_string(rule)
	some part in regex.split(`[()"']`, rule)
}

enabled(alarm) := tf.get(alarm, "actions_enabled", true)

deny contains tf.finding_with(alarm, message, details) if {
	some alarm in alarms
	tf.get(alarm, "alarm_actions", []) == []
	message := "it has no action for the state ALARM, so nobody hears of it"
	details := {"attribute": "alarm_actions", "found": [], "expected": "an action"}
}

deny contains tf.finding_with(alarm, message, details) if {
	some alarm in alarms
	tf.get(alarm, "alarm_actions", []) != []
	tf.is_false(enabled(alarm))
	message := "its actions are disabled, so nobody hears of it"
	details := {"attribute": "actions_enabled", "found": false, "expected": true}
}

unknown contains tf.finding_with(alarm, "whether its actions are enabled is known after apply", details) if {
	some alarm in alarms
	causes := tf.cause(enabled(alarm))
	count(causes) > 0
	details := {"attribute": "actions_enabled", "expected": true, "cause": causes}
}
