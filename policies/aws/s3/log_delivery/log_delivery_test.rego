package aws.s3.log_delivery_test

import data.aws.s3.log_delivery

unknown := {"unknown": true, "from": ["var.a"]}

bucket := {"address": "b", "values": {"bucket": "logs"}}

given(type, argument, members) := {
	"resources": {
		"aws_s3_bucket": [object.union(bucket, {"referrers": {type: [object.union(
			{"address": "x", "argument": argument, "attribute": "id", "certain": true, "position": 0},
			members,
		)]}})],
		type: [{"address": "x", "values": {}}],
	},
}

flow_log(values) := {"resources": {"aws_s3_bucket": [bucket], "aws_flow_log": [{"address": "f", "values": values}]}}

keys(findings) := {[finding.address, finding.key] | some finding in findings}

test_each_service if {
	every service in [
		["aws_cloudtrail", "s3_bucket_name", "cloudtrail.amazonaws.com"],
		["aws_config_delivery_channel", "s3_bucket_name", "config.amazonaws.com"],
	] {
		found := log_delivery.deny with input as given(service[0], service[1], {})
		keys(found) == {["b", service[2]]}
	}
	flows := given("aws_flow_log", "log_destination", {})
	keys(log_delivery.deny) == {["b", "delivery.logs.amazonaws.com"]} with input as with_policy(flows, denying)
}

denying := {"Version": "2012-10-17", "Statement": [{"Effect": "Deny"}]}

with_policy(model, document) := object.union(model, {"resources": {"aws_s3_bucket": [object.union(
	model.resources.aws_s3_bucket[0],
	{"values": {"policy": document}},
)]}})

test_aws_lets_flow_logs_into_a_bucket_without_a_policy if {
	flows := given("aws_flow_log", "log_destination", {})
	log_delivery.examined == {"b"} with input as flows
	log_delivery.deny == set() with input as flows
	log_delivery.unknown == set() with input as flows
	unsure := object.union(flows, {"unresolved": {"aws_s3_bucket_policy": {"bucket": ["local.a"]}}})
	{finding.cause | some finding in log_delivery.unknown} == {"local.a"} with input as unsure
}

test_flow_logs_that_name_the_bucket if {
	every destination in ["arn:aws:s3:::logs", "arn:aws-cn:s3:::logs/vpc/"] {
		found := log_delivery.deny with input as with_policy(flow_log({"log_destination": destination}), denying)
		keys(found) == {["b", "delivery.logs.amazonaws.com"]}
	}
	every destination in ["arn:aws:s3:::other/logs", "arn:aws:logs:us-east-1:1:log-group:logs", "", unknown] {
		log_delivery.examined == set() with input as flow_log({"log_destination": destination})
	}
	trail := {"resources": {
		"aws_s3_bucket": [bucket],
		"aws_cloudtrail": [{"address": "t", "values": {"log_destination": "arn:aws:s3:::logs"}}],
	}}
	log_delivery.examined == set() with input as trail
}

test_may_be_given if {
	doubtful := given("aws_cloudtrail", "s3_bucket_name", {"certain": false, "cause": "local.a"})
	log_delivery.deny == set() with input as doubtful
	found := log_delivery.unknown with input as doubtful
	{finding.cause | some finding in found} == {"local.a"}
	log_delivery.examined == {"b"} with input as doubtful
}

test_unresolved_flow_logs_count_where_one_may_use_s3 if {
	unresolved := {"unresolved": {"aws_flow_log": {"log_destination": ["local.a"]}}}
	log_delivery.examined == set() with input as object.union(flow_log({}), unresolved)
	every type in ["s3", unknown] {
		found := with_policy(object.union(flow_log({"log_destination_type": type}), unresolved), denying)
		log_delivery.examined == {"b"} with input as found
		count(log_delivery.unknown) == 1 with input as found
	}
	trail := object.union(flow_log({}), {"unresolved": {"aws_cloudtrail": {"s3_bucket_name": ["local.a"]}}})
	log_delivery.examined == {"b"} with input as trail
}

test_no_logs_given if {
	log_delivery.examined == set() with input as {"resources": {"aws_s3_bucket": [bucket]}}
	log_delivery.deny == set() with input as {"resources": {"aws_s3_bucket": [bucket]}}
}

test_what_fails_is_not_unknown_too if {
	log_delivery.unknown == set() with input as given("aws_cloudtrail", "s3_bucket_name", {})
}
