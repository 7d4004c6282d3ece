package aws.cloudwatch.instance_alarms_test

import data.aws.cloudwatch.instance_alarms

unknown := {"unknown": true, "from": ["local.a"]}

instance(id, referrers) := {
	"address": "aws_instance.a",
	"values": {"id": id},
	"referrers": {"aws_cloudwatch_metric_alarm": referrers},
}

referrer(argument, attribute, certain) := {
	"address": "aws_cloudwatch_metric_alarm.a",
	"argument": argument,
	"attribute": attribute,
	"certain": certain,
	"cause": "local.b",
	"position": 0,
}

alarm(values, references) := {
	"address": "aws_cloudwatch_metric_alarm.a",
	"values": values,
	"references": references,
}

metric(name, dimensions) := {"namespace": "AWS/EC2", "metric_name": name, "dimensions": dimensions}

refers := {"dimensions": [{"address": "aws_instance.a"}]}

verdict(an_instance, an_alarm) := found if {
	found := {"deny": count(instance_alarms.deny), "unknown": count(instance_alarms.unknown)} with input as {
		"params": {"aws.cloudwatch.instance_alarms": {"metrics": ["CPUUtilization"]}},
		"resources": {"aws_instance": [an_instance], "aws_cloudwatch_metric_alarm": [an_alarm]},
	}
}

fails := {"deny": 1, "unknown": 0}

passes := {"deny": 0, "unknown": 0}

doubted := {"deny": 0, "unknown": 1}

# An alarm on that metric whose dimensions refer to the instance.
by_reference(name) := verdict(
	instance(unknown, [referrer("dimensions", "id", true)]),
	alarm(metric(name, unknown), refers),
)

test_by_reference if {
	by_reference("CPUUtilization") == passes
	by_reference("NetworkIn") == fails
	by_reference(unknown) == doubted
}

test_by_reference_of_one_dimension if {
	verdict(
		instance(unknown, [referrer("dimensions.InstanceId", "id", true)]),
		alarm(metric("CPUUtilization", {"InstanceId": "i-1"}), refers),
	) == passes
	verdict(
		instance(unknown, [referrer("dimensions.ImageId", "ami", true)]),
		alarm(metric("CPUUtilization", {"ImageId": "ami-1"}), refers),
	) == fails
	verdict(
		instance(unknown, [referrer("dimensions", "ami", true)]),
		alarm(metric("CPUUtilization", {"ImageId": "ami-1"}), refers),
	) == fails
	verdict(
		instance(unknown, [referrer("alarm_description", "id", true)]),
		alarm(metric("CPUUtilization", {"ImageId": "ami-1"}), refers),
	) == fails
}

test_by_reference_without_its_attribute if {
	verdict(
		instance(unknown, [referrer("dimensions", "", true)]),
		alarm(metric("CPUUtilization", unknown), refers),
	) == passes
}

test_in_a_query if {
	values := {"metric_query": [{"metric": [metric("CPUUtilization", unknown)]}]}
	by := "metric_query.metric.dimensions"
	references := {by: refers.dimensions}
	verdict(instance(unknown, [referrer(by, "id", true)]), alarm(values, references)) == passes
	verdict(instance(unknown, []), alarm(values, references)) == fails
}

test_a_reference_that_may_be_its if {
	verdict(
		instance(unknown, [referrer("dimensions", "id", false)]),
		alarm(metric("CPUUtilization", unknown), refers),
	) == doubted
	verdict(
		instance(unknown, [referrer("dimensions", "id", false)]),
		alarm(metric("NetworkIn", unknown), refers),
	) == fails
}

test_by_id if {
	verdict(instance("i-1", []), alarm(metric("CPUUtilization", {"InstanceId": "i-1"}), {})) == passes
	verdict(instance("i-1", []), alarm(metric("CPUUtilization", {"InstanceId": "i-2"}), {})) == fails
	verdict(instance("i-1", []), alarm(metric("NetworkIn", {"InstanceId": "i-1"}), {})) == fails
	verdict(instance("i-1", []), alarm(metric("CPUUtilization", {"AutoScalingGroupName": "i-1"}), {})) == fails
}

test_without_an_id if {
	unborn := {"address": "aws_instance.a", "values": {}}
	verdict(unborn, alarm(metric("CPUUtilization", {"InstanceId": "i-1"}), {})) == fails
	verdict(unborn, alarm(metric("CPUUtilization", {"ImageId": "ami-1"}), {})) == fails
}

test_another_namespace if {
	values := object.union(metric("CPUUtilization", {"InstanceId": "i-1"}), {"namespace": "AWS/RDS"})
	verdict(instance("i-1", []), alarm(values, {})) == fails
	verdict(instance("i-1", [referrer("dimensions", "id", true)]), alarm(values, refers)) == fails
	loose := object.union(values, {"dimensions": unknown})
	verdict(instance("i-1", []), alarm(loose, {})) == fails
}

test_a_namespace_that_is_not_known if {
	values := object.union(metric("CPUUtilization", {"InstanceId": "i-1"}), {"namespace": unknown})
	verdict(instance(unknown, [referrer("dimensions", "id", true)]), alarm(values, refers)) == doubted
}

test_dimensions_that_the_plan_does_not_resolve if {
	verdict(instance(unknown, []), alarm(metric("CPUUtilization", unknown), {})) == doubted
	verdict(instance(unknown, []), alarm(metric(unknown, unknown), {})) == doubted
	verdict(instance(unknown, []), alarm(metric("NetworkIn", unknown), {})) == fails
	verdict(instance(unknown, []), alarm(metric("CPUUtilization", unknown), refers)) == fails
}

test_an_alarm_on_its_id_that_may_be_on_something_else if {
	values := metric("CPUUtilization", {"InstanceId": "i-1"})
	verdict(instance("i-1", []), alarm(object.union(values, {"namespace": unknown}), {})) == doubted
	verdict(instance("i-1", []), alarm(object.union(values, {"metric_name": unknown}), {})) == doubted
	verdict(instance("i-1", []), alarm(object.union(values, {"namespace": "AWS/RDS"}), {})) == fails
}

test_every_metric_by_itself if {
	found := instance_alarms.deny with input as {
		"params": {"aws.cloudwatch.instance_alarms": {"metrics": ["CPUUtilization", "StatusCheckFailed"]}},
		"resources": {"aws_instance": [instance(unknown, [])]},
	}
	{finding.key | some finding in found} == {"CPUUtilization", "StatusCheckFailed"}
}
