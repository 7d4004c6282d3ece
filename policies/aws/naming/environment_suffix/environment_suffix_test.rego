package aws.naming.environment_suffix_test

import data.aws.naming.environment_suffix as policy

plan(type, values, environments) := {
	"resources": {type: [{"address": "aws_sqs_queue.a", "type": type, "values": values}]},
	"params": {"aws.naming.environment_suffix": {"environments": environments}},
}

verdict_of(type, values, environments) := "na" if {
	policy.examined == set() with input as plan(type, values, environments)
}

else := "fail" if count(policy.deny) > 0 with input as plan(type, values, environments)

else := "unknown" if count(policy.unknown) > 0 with input as plan(type, values, environments)

else := "pass"

verdict(values) := verdict_of("aws_sqs_queue", values, ["dev", "Prod", "pr-12"])

test_off_by_default if verdict_of("aws_sqs_queue", {"name": "orders"}, []) == "na"

test_names_that_tell if {
	every name in [
		"orders-dev", "orders_dev", "orders.prod", "dev-orders", "/shop/prod/key", "ordersDev", "OrdersProd", "orders-DEV",
		"orders-pr-12", "orders_pr12-dev.fifo", "dev", "orders-2-dev",
	] {
		verdict({"name": name}) == "pass"
	}
	verdict_of("aws_sqs_queue", {"name": "myShop"}, ["y-s"]) == "fail"
	verdict_of("aws_sqs_queue", {"name": "myShop"}, ["my"]) == "pass"
}

test_names_that_do_not if {
	every name in ["orders", "device", "ordersdev", "products", "orders-pr-123", "orders-pr", "pr", "orders2dev"] {
		verdict({"name": name}) == "fail"
	}
}

test_a_prefix if {
	unset := {"unknown": true, "unset": true}
	verdict({"name": unset, "name_prefix": "orders-dev-"}) == "pass"
	verdict({"name": unset, "name_prefix": "orders-"}) == "fail"
	verdict({"name": "orders-dev", "name_prefix": ""}) == "pass"
	verdict({"name": "orders", "name_prefix": "dev"}) == "fail"
	verdict({"name": unset, "name_prefix": unset}) == "na"
}

test_no_name if {
	verdict({"arn": "a"}) == "na"
	verdict({"name": null}) == "na"
	verdict({"name": ""}) == "na"
}

test_a_name_that_is_not_known if {
	verdict({"name": {"unknown": true, "from": ["terraform_data.a.output"]}}) == "unknown"
	verdict({"name": {"sensitive": true}}) == "unknown"
}

test_names_that_are_not_free if {
	verdict_of("aws_route53_record", {"name": "www"}, ["dev"]) == "na"
	verdict_of("google_pubsub_topic", {"name": "orders"}, ["dev"]) == "na"
	verdict_of("my_aws_queue", {"name": "orders"}, ["dev"]) == "na"
}

test_the_finding if {
	found := policy.deny with input as plan("aws_sqs_queue", {"name": "orders"}, ["dev"])
	found == {{
		"address": "aws_sqs_queue.a",
		"attribute": "name",
		"found": "orders",
		"expected": ["dev"],
		"message": "its name tells none of the environments",
	}}
	later := {"name": {"unknown": true, "from": ["terraform_data.a.output"]}}
	untold := policy.unknown with input as plan("aws_sqs_queue", later, ["dev"])
	untold == {{
		"address": "aws_sqs_queue.a",
		"attribute": "name",
		"expected": ["dev"],
		"message": "whether its name tells the environment cannot be told",
		"cause": "terraform_data.a.output",
	}}
}
