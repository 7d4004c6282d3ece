# METADATA
# title: GuardDuty's findings are sent to nobody
# description: |
#   GuardDuty sees stolen credentials and infected machines, and writes them down in a console that nobody watches: it
#   notifies nobody by itself. An EventBridge rule on the default bus that matches aws.guardduty, with a target such as
#   an SNS topic, brings each finding to the people who have to act on it.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-guardduty.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_guardduty_detector]
#   remediation: Add an EventBridge rule for the source aws.guardduty, with a target that reaches whoever has to act.
#   example: |
#     resource "aws_cloudwatch_event_rule" "guardduty" {
#       name          = "guardduty"
#       event_pattern = jsonencode({ source = ["aws.guardduty"], detail-type = ["GuardDuty Finding"] })
#     }
#     resource "aws_cloudwatch_event_target" "guardduty" {
#       rule = aws_cloudwatch_event_rule.guardduty.name
#       arn  = aws_sns_topic.alerts.arn
#     }
#   reports: [online-education 0, online-education 16, batch-financial 25]
#   controls: {nist_800_53: [IR-6, SI-4], pci_dss: ["12.10.5"], soc2: [CC7.2]}
package aws.guardduty.notifications

import data.lib.tf

# Of each rule that is not known to miss GuardDuty's findings, the doubts whether it sends them.
routes := [array.concat(array.concat(receives(rule), matches(rule)), array.concat(is_on(rule), sends(rule))) |
	some rule in input.resources.aws_cloudwatch_event_rule
]

# GuardDuty's events are on the default bus only.
receives(rule) := [] if tf.get(rule, "event_bus_name", "default") == "default"

else := [] if {
	bus := tf.get(rule, "event_bus_name", "default")
	is_string(bus)
	endswith(bus, ":event-bus/default")
}

else := causes if {
	causes := tf.cause(tf.get(rule, "event_bus_name", "default"))
	count(causes) > 0
}

is_on(rule) := [] if {
	tf.is_known(tf.get(rule, "state", "ENABLED"))
	tf.get(rule, "state", "ENABLED") != "DISABLED"
	tf.is_true(tf.get(rule, "is_enabled", true))
}

else := causes if {
	causes := array.concat(tf.cause(tf.get(rule, "state", null)), tf.cause(tf.get(rule, "is_enabled", null)))
	count(causes) > 0
}

sends(rule) := [] if count(tf.attached(rule, "aws_cloudwatch_event_target", "rule")) > 0

else := causes if {
	causes := tf.may_be_attached(rule, "aws_cloudwatch_event_target", "rule")
	count(causes) > 0
}

matches(rule) := [] if {
	text := tf.get(rule, "event_pattern", null)
	is_string(text)
	json.is_valid(text)
	pattern := json.unmarshal(text)
	is_object(pattern)
	selects(pattern, "source", "aws.guardduty")
	selects(pattern, "detail-type", "GuardDuty Finding")
}

else := causes if {
	causes := tf.cause(tf.get(rule, "event_pattern", null))
	count(causes) > 0
}

# What a pattern leaves out, it does not limit.
selects(pattern, field, _) if not pattern[field]

selects(pattern, field, value) if {
	some filter in tf.elements(pattern[field])
	fits(filter, value)
}

fits(filter, value) if filter == value

fits(filter, value) if startswith(value, operand(filter, "prefix"))

fits(filter, value) if endswith(value, operand(filter, "suffix"))

fits(filter, value) if lower(value) == lower(operand(filter, "equals-ignore-case"))

fits(filter, value) if {
	parts := split(operand(filter, "wildcard"), "*")
	startswith(value, parts[0])
	endswith(value, parts[count(parts) - 1])
}

operand(filter, operator) := found if {
	is_object(filter)
	found := filter[operator]
	is_string(found)
}

deny contains tf.finding_with(detector, message, details) if {
	some detector in input.resources.aws_guardduty_detector
	count(routes) == 0
	message := "its findings are sent to nobody: no EventBridge rule with a target takes them"
	details := {"expected": expected}
}

unknown contains tf.finding_with(detector, message, details) if {
	some detector in input.resources.aws_guardduty_detector
	count(routes) > 0
	every causes in routes {
		count(causes) > 0
	}
	message := "whether its findings are sent to anybody is known after apply"
	details := {"expected": expected, "cause": [cause | some causes in routes; some cause in causes]}
}

expected := "an EventBridge rule for aws.guardduty with a target"
