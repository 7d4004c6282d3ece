package aws.cloudwatch.log_groups_test

import data.aws.cloudwatch.log_groups

instance := {"address": "aws_instance.a"}

test_compute_without_a_group if {
	found := log_groups.deny with input.resources as {"aws_instance": [instance]}
	{finding.message | some finding in found} == {"it has no log group, though aws_instance.a runs in it"}
	log_groups.examined == {"plan"} with input.resources as {"aws_instance": [instance]}
}

test_compute_with_a_group if {
	every section in [
		{"resources": {"aws_instance": [instance], "aws_cloudwatch_log_group": [{}]}, "data": {}},
		{"resources": {"aws_instance": [instance]}, "data": {"aws_cloudwatch_log_group": [{}]}},
	] {
		count(log_groups.deny) == 0 with input as section
		count(log_groups.examined) == 1 with input as section
	}
}

test_without_compute if {
	every resources in [{}, {"aws_s3_bucket": [{}]}, {"aws_cloudwatch_log_group": [{}]}] {
		count(log_groups.deny) == 0 with input.resources as resources
		count(log_groups.examined) == 0 with input.resources as resources
	}
}
