package aws.s3.log_bucket_test

import data.aws.s3.log_bucket

unknown := {"unknown": true, "from": ["var.a"]}

bucket := {"address": "aws_s3_bucket.x", "type": "aws_s3_bucket", "mode": "managed", "values": {}}

planned(type, values) := object.union(
	{"resources": {"aws_s3_bucket": [bucket]}},
	{"resources": {type: [{"address": "x", "type": type, "values": values}]}},
)

verdict(found) := "na" if {
	log_bucket.examined == set() with input as found
} else := "fail" if {
	count(log_bucket.deny) == 1 with input as found
	log_bucket.unknown == set() with input as found
} else := cause if {
	log_bucket.deny == set() with input as found
	some finding in log_bucket.unknown with input as found
	cause := finding.cause
} else := "pass" if {
	log_bucket.deny == set() with input as found
	log_bucket.unknown == set() with input as found
}

test_destinations if {
	every type, values in {
		"aws_cloudfront_distribution": {"logging_config": [{"bucket": "logs.s3.amazonaws.com"}]},
		"aws_cloudtrail": {"s3_bucket_name": unknown},
		"aws_cloudwatch_log_delivery_destination": {"delivery_destination_configuration": [{
			"destination_resource_arn": "arn:aws:s3:::logs",
		}]},
		"aws_config_delivery_channel": {"s3_bucket_name": "logs"},
		"aws_flow_log": {"log_destination": "arn:aws-cn:s3:::logs"},
		"aws_redshift_logging": {"bucket_name": "logs"},
		"aws_route53_resolver_query_log_config": {"destination_arn": "arn:aws:s3:::logs"},
		"aws_s3_bucket": {"logging": [{"target_bucket": "logs"}]},
		"aws_s3_bucket_logging": {"target_bucket": "logs"},
		"aws_wafv2_web_acl_logging_configuration": {"log_destination_configs": ["arn:aws:s3:::aws-waf-logs-x"]},
		"aws_alb": {"access_logs": [{"bucket": "logs", "enabled": "true"}]},
		"aws_elb": {"access_logs": [{"bucket": "logs"}]},
	} {
		verdict(planned(type, values)) == "pass"
	}
}

test_no_destination if {
	every type in [
		"aws_cloudfront_distribution", "aws_cloudtrail", "aws_flow_log", "aws_redshift_logging", "aws_s3_bucket_logging",
		"aws_alb", "aws_elb", "aws_sqs_queue",
	] {
		verdict(planned(type, {})) == "fail"
	}
	verdict(planned("aws_cloudfront_distribution", {"logging_config": []})) == "fail"
	verdict(planned("aws_flow_log", {"log_destination": "arn:aws:logs:us-east-1:123456789012:log-group:x"})) == "fail"
}

test_unclear_destinations if {
	verdict(planned("aws_cloudfront_distribution", {"logging_config": unknown})) == "var.a"
	verdict(planned("aws_flow_log", {"log_destination": unknown})) == "var.a"
	verdict(planned("aws_lb", {"access_logs": unknown})) == "var.a"
}

test_a_reference_tells_what_an_arn_will_be if {
	to := {"address": "y", "type": "aws_cloudwatch_log_group", "mode": "managed", "certain": true, "position": 0}
	flow_log := {"address": "x", "type": "aws_flow_log", "values": {"log_destination": unknown}}
	to_group := object.union(flow_log, {"references": {"log_destination": [to]}})
	verdict({"resources": {
		"aws_s3_bucket": [bucket],
		"aws_cloudwatch_log_group": [{"address": "y"}],
		"aws_flow_log": [to_group],
	}}) == "fail"
	logs := object.union(to, {"type": "aws_s3_bucket"})
	to_bucket := object.union(flow_log, {"references": {"log_destination": [logs]}})
	verdict({"resources": {"aws_s3_bucket": [bucket], "aws_flow_log": [to_bucket]}}) == "pass"
}

test_a_reference_within_a_block if {
	destination := {
		"address": "x", "values": {"delivery_destination_configuration": [{"destination_resource_arn": unknown}]},
		"references": {"delivery_destination_configuration.destination_resource_arn": [{
			"address": "y", "type": "aws_s3_bucket", "mode": "managed", "certain": true, "position": 0,
		}]},
	}
	verdict({"resources": {
		"aws_s3_bucket": [bucket],
		"aws_cloudwatch_log_delivery_destination": [destination],
	}}) == "pass"
}

test_one_certain_destination_is_enough if {
	verdict({"resources": {
		"aws_lb": [{"address": "l", "type": "aws_lb", "values": {"access_logs": unknown}}],
		"aws_cloudtrail": [{"address": "t", "values": {"s3_bucket_name": "logs"}}],
	}}) == "pass"
}

test_writers if {
	every type in ["aws_cloudfront_distribution", "aws_lb", "aws_alb", "aws_elb", "aws_s3_bucket"] {
		verdict({"resources": {type: [{"address": "x", "type": type, "values": {}}]}}) == "fail"
	}
	gateway := {"address": "x", "type": "aws_lb", "values": {"load_balancer_type": "gateway"}}
	verdict({"resources": {"aws_lb": [gateway]}}) == "na"
	verdict({"resources": {"aws_cloudtrail": [{"address": "t", "values": {"s3_bucket_name": unknown}}]}}) == "na"
}

test_nothing_is_said_where_nothing_can_write if {
	flow_log := {"resources": {"aws_flow_log": [{"address": "x", "values": {"log_destination": unknown}}]}}
	log_bucket.deny == set() with input as flow_log
	log_bucket.unknown == set() with input as flow_log
}

test_messages_name_one_and_count_more if {
	one := {"resources": {"aws_s3_bucket": [bucket]}}
	found := log_bucket.deny with input as one
	{finding.message | some finding in found} == {"no bucket receives logs, though aws_s3_bucket.x can write them"}
	two := {"resources": {"aws_s3_bucket": [bucket, object.union(bucket, {"address": "aws_s3_bucket.a"})]}}
	both := log_bucket.deny with input as two
	{finding.message | some finding in both} == {"no bucket receives logs, though 2 resources can write them"}
	{finding.found | some finding in both} == {["aws_s3_bucket.a", "aws_s3_bucket.x"]}
}
