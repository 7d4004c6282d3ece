package lib.lambda_test

import data.lib.lambda

at_edge(argument, certain) := {
	"address": "aws_lambda_function.edge",
	"values": {},
	"referrers": {"aws_cloudfront_distribution": [{"argument": argument, "certain": certain}]},
}

association := "ordered_cache_behavior.lambda_function_association.lambda_arn"

test_functions_at_the_edge_are_apart if {
	edge := at_edge(association, true)
	api := {"address": "aws_lambda_function.api", "values": {}}
	lambda.regional == [api] with input.resources as {"aws_lambda_function": [api, edge]}
	lambda.regional_addresses == {"aws_lambda_function.api"} with input.resources as {"aws_lambda_function": [api, edge]}
}

test_what_is_not_certainly_at_the_edge_is_regional if {
	every function in [at_edge(association, false), at_edge("origin.domain_name", true)] {
		lambda.regional == [function] with input.resources as {"aws_lambda_function": [function]}
	}
}

test_there_may_be_no_function if {
	lambda.regional == [] with input.resources as {}
}

test_bare_name if {
	every text in [
		"api", "api:live", "123456789012:function:api", "arn:aws:lambda:us-east-1:123456789012:function:api",
		"arn:aws:lambda:us-east-1:123456789012:function:api:live",
	] {
		lambda.bare_name(text) == "api"
	}
}

test_bare_name_of_a_function_named_function if {
	lambda.bare_name("function") == "function"
	lambda.bare_name("arn:aws:lambda:us-east-1:123456789012:function:function:live") == "function"
}

test_variables if {
	lambda.variables({"address": "x", "values": {"environment": [{"variables": {"A": "b"}}]}}) == {"A": "b"}
	lambda.variables({"address": "x", "values": {"environment": [{"variables": null}]}}) == {}
	lambda.variables({"address": "x", "values": {}}) == {}
	unknown := {"unknown": true, "from": ["aws_sqs_queue.a.url"]}
	lambda.variables({"address": "x", "values": {"environment": [{"variables": unknown}]}}) == unknown
}
