# METADATA
# title: EC2 instance without an alarm
# description: |
#   Nobody watches this instance: if it runs hot or its status check fails, you learn it from whoever uses it. Put an
#   alarm on each metric of `metrics`, with the instance's id as the dimension InstanceId. Instances of an
#   auto-scaling group come and go, and are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_instance]
#   remediation: Add an alarm in the namespace AWS/EC2 on each metric, with the instance's id as InstanceId.
#   example: |
#     resource "aws_cloudwatch_metric_alarm" "worker" {
#       for_each            = toset(["CPUUtilization", "StatusCheckFailed"])
#       alarm_name          = "worker-${each.key}"
#       namespace           = "AWS/EC2"
#       metric_name         = each.key
#       dimensions          = { InstanceId = aws_instance.worker.id }
#       statistic           = "Maximum"
#       comparison_operator = "GreaterThanThreshold"
#       threshold           = each.key == "CPUUtilization" ? 80 : 0
#       period              = 300
#       evaluation_periods  = 2
#       alarm_actions       = [aws_sns_topic.alerts.arn]
#     }
#   reports: [tapstack 5]
#   controls: {nist_800_53: [CA-7, SI-4], soc2: [A1.1, CC7.2]}
#   params:
#     metrics: {type: list, default: [CPUUtilization, StatusCheckFailed], description: Metrics that need an alarm.}
package aws.cloudwatch.instance_alarms

import data.lib.cloudwatch
import data.lib.tf

metrics := input.params["aws.cloudwatch.instance_alarms"].metrics

instances := object.get(input.resources, "aws_instance", [])

# {metric, alarm, doubts}: the metrics of alarms that are on instances, or may be.
watches := [{"metric": metric, "alarm": alarm, "doubts": doubts} |
	some alarm in cloudwatch.alarms
	some metric in cloudwatch.metrics(alarm)
	doubts := on_instances(metric.namespace)
]

on_instances(namespace) := [] if namespace == "AWS/EC2"

else := causes if {
	causes := tf.cause(namespace)
	count(causes) > 0
}

# [id, metric] where both are known.
known_watches := {[id, watch.metric.metric_name] |
	some watch in watches
	watch.doubts == []
	id := tf.get(watch.metric.dimensions, "InstanceId", null)
	is_string(id)
}

# [metric, cause] where the plan does not tell what the alarm is on, nor refers to it.
loose_watches := {[watch.metric.metric_name, cause] |
	some watch in watches
	object.get(watch.alarm, ["references", watch.metric.argument], []) == []
	some cause in array.concat(
		array.concat(watch.doubts, tf.cause(watch.metric.metric_name)),
		tf.cause(watch.metric.dimensions),
	)
}

# {name, doubts}: the metrics of alarms that refer to the instance. Of one by its key, the plan does not tell the
# attribute.
watches_of(instance) := [{"name": metric.metric_name, "doubts": doubts} |
	some referrer in object.get(instance, ["referrers", "aws_cloudwatch_metric_alarm"], [])
	referrer.attribute in {"id", ""}
	some metric in cloudwatch.metrics(input.resources.aws_cloudwatch_metric_alarm[referrer.position])
	metric.argument == trim_suffix(referrer.argument, ".InstanceId")
	doubts := array.concat(
		uncertainty(referrer),
		array.concat(on_instances(metric.namespace), tf.cause(metric.metric_name)),
	)
]

uncertainty(referrer) := [] if referrer.certain == true

else := [object.get(referrer, "cause", referrer.address)]

# Doubts whether no alarm is on the metric of the instance; undefined where one certainly is.
unwatched(instance, name) := {cause |
	some watch in watches_of(instance)
	is_or_may_be(watch.name, name)
	some cause in watch.doubts
} | {cause |
	some [metric, cause] in loose_watches
	is_or_may_be(metric, name)
} if {
	count([watch | some watch in watches_of(instance); watch.name == name; watch.doubts == []]) == 0
	not known_watches[[tf.get(instance, "id", ""), name]]
}

is_or_may_be(found, name) if found == name

is_or_may_be(found, _) if tf.is_unknown(found)

deny contains tf.finding_with(instance, message, details) if {
	some instance in instances
	some name in metrics
	count(unwatched(instance, name)) == 0
	message := sprintf("no alarm is on its metric %s, so nobody hears when it is in trouble", [name])
	details := {"key": name, "expected": sprintf("an alarm on %s with its InstanceId", [name])}
}

unknown contains tf.finding_with(instance, message, details) if {
	some instance in instances
	some name in metrics
	causes := unwatched(instance, name)
	count(causes) > 0
	message := sprintf("whether an alarm is on its metric %s is known after apply", [name])
	details := {"key": name, "expected": sprintf("an alarm on %s with its InstanceId", [name]), "cause": sort(causes)}
}
