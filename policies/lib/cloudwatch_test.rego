package lib.cloudwatch_test

import data.lib.cloudwatch

unknown := {"unknown": true, "from": ["var.a"]}

test_alarms if {
	cloudwatch.alarms == [] with input.resources as {}
	cloudwatch.alarms == [1] with input.resources as {"aws_cloudwatch_metric_alarm": [1]}
}

test_the_metric_of_an_alarm if {
	cloudwatch.metrics({"address": "x", "values": {
		"namespace": "AWS/EC2",
		"metric_name": "CPUUtilization",
		"dimensions": {"InstanceId": "i-1"},
	}}) == [{
		"namespace": "AWS/EC2",
		"metric_name": "CPUUtilization",
		"dimensions": {"InstanceId": "i-1"},
		"argument": "dimensions",
	}]
}

test_the_metrics_of_queries if {
	found := cloudwatch.metrics({"address": "x", "values": {"metric_query": [
		{"metric": [{"namespace": "AWS/EC2", "metric_name": unknown, "dimensions": null}]},
		{"expression": "m1 * 2", "metric": []},
	]}})
	found == [
		{"namespace": "", "metric_name": "", "dimensions": {}, "argument": "dimensions"},
		{
			"namespace": "AWS/EC2",
			"metric_name": unknown,
			"dimensions": {},
			"argument": "metric_query.metric.dimensions",
		},
	]
}

test_queries_that_are_not_known if {
	some metric in cloudwatch.metrics({"address": "x", "values": {"metric_query": unknown}})
	metric.namespace == unknown
}

test_compute if {
	every type in [
		"aws_apprunner_service", "aws_autoscaling_group", "aws_batch_compute_environment", "aws_batch_job_definition",
		"aws_ecs_service", "aws_ecs_task_definition", "aws_eks_cluster", "aws_elastic_beanstalk_environment",
		"aws_instance", "aws_lambda_function", "aws_launch_configuration", "aws_launch_template",
		"aws_spot_instance_request",
	] {
		cloudwatch.compute == [type] with input.resources as {type: [type]}
	}
	cloudwatch.compute == [] with input.resources as {"aws_s3_bucket": [1]}
}
