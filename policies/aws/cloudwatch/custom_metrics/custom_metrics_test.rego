package aws.cloudwatch.custom_metrics_test

import data.aws.cloudwatch.custom_metrics

compute := {"aws_lambda_function": [{"address": "aws_lambda_function.a"}]}

alarm(values) := {"aws_cloudwatch_metric_alarm": [{"address": "aws_cloudwatch_metric_alarm.a", "values": values}]}

unknown := {"unknown": true, "from": ["terraform_data.a.output"]}

verdict(resources) := found if {
	found := {
		"deny": count(custom_metrics.deny),
		"unknown": count(custom_metrics.unknown),
		"examined": count(custom_metrics.examined),
	} with input.resources as resources
}

fails := {"deny": 1, "unknown": 0, "examined": 1}

passes := {"deny": 0, "unknown": 0, "examined": 1}

not_applicable := {"deny": 0, "unknown": 0, "examined": 0}

test_nothing_measures if {
	verdict(compute) == fails
	verdict(object.union(compute, alarm({"namespace": "AWS/Lambda"}))) == fails
	verdict(object.union(compute, alarm({"metric_query": [{"metric": [{"namespace": "AWS/Lambda"}]}]}))) == fails
}

test_a_filter if {
	verdict(object.union(compute, {"aws_cloudwatch_log_metric_filter": [{}]})) == passes
}

test_an_alarm_on_a_custom_metric if {
	verdict(object.union(compute, alarm({"namespace": "Payments"}))) == passes
	verdict(object.union(compute, alarm({"metric_query": [{"metric": [{"namespace": "Payments"}]}]}))) == passes
	verdict(object.union(compute, alarm({"namespace": "Company/AWS/"}))) == passes
}

test_an_alarm_on_what_is_not_known if {
	resources := object.union(compute, alarm({"namespace": unknown}))
	verdict(resources) == {"deny": 0, "unknown": 1, "examined": 1}
	some finding in custom_metrics.unknown with input.resources as resources
	finding.cause == "terraform_data.a.output"
	verdict(object.union(resources, {"aws_cloudwatch_log_metric_filter": [{}]})) == passes
}

test_without_compute if {
	verdict({}) == not_applicable
	verdict(alarm({"namespace": "AWS/SQS"})) == not_applicable
	verdict(alarm({"namespace": unknown})) == not_applicable
}
