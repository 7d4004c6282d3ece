package aws.lambda.log_group_test

import data.aws.lambda.log_group

unknown := {"unknown": true, "from": ["random_pet.a.id"]}

of(values, extra) := object.union(
	{"address": "aws_lambda_function.a", "values": object.union({"function_name": "a"}, values)},
	extra,
)

group(name) := {"address": "aws_cloudwatch_log_group.a", "values": {"name": name}}

verdict(function, groups) := found if {
	found := {"deny": count(log_group.deny), "unknown": count(log_group.unknown)} with input as {
		"resources": {"aws_lambda_function": [function], "aws_cloudwatch_log_group": groups},
		"data": {},
	}
}

fails := {"deny": 1, "unknown": 0}

passes := {"deny": 0, "unknown": 0}

doubted := {"deny": 0, "unknown": 1}

logging(name) := {"logging_config": [{"log_group": name}]}

test_its_own_name if {
	verdict(of({}, {}), [group("/aws/lambda/a")]) == passes
	verdict(of({}, {}), [group("/aws/lambda/b")]) == fails
	verdict(of({}, {}), [group(unknown)]) == fails
	verdict(of({}, {}), []) == fails
}

test_the_message_names_the_group if {
	some finding in log_group.deny with input.resources as {"aws_lambda_function": [of({}, {})]}
	finding.message == "its log group /aws/lambda/a is not declared, so Lambda makes one that is kept for ever"
}

test_a_name_of_its_choice if {
	verdict(of(logging("/api"), {}), [group("/api")]) == passes
	verdict(of(logging("/api"), {}), [group("/aws/lambda/a")]) == fails
	verdict(of(logging(null), {}), [group("/aws/lambda/a")]) == passes
	verdict(of(logging(""), {}), [group("/aws/lambda/a")]) == passes
}

test_a_group_that_is_there_already if {
	count(log_group.deny) == 0 with input as {
		"resources": {"aws_lambda_function": [of({}, {})]},
		"data": {"aws_cloudwatch_log_group": [group("/aws/lambda/a")]},
	}
}

to(type, certain) := {"references": {"logging_config.log_group": [{"type": type, "certain": certain}]}}

test_a_reference_to_the_group if {
	verdict(of(logging(unknown), to("aws_cloudwatch_log_group", true)), [group(unknown)]) == passes
	verdict(of(logging(unknown), to("random_pet", true)), [group(unknown)]) == doubted
	verdict(of(logging(unknown), to("aws_cloudwatch_log_group", false)), [group(unknown)]) == doubted
}

test_a_reference_from_the_group if {
	by := {"referrers": {"aws_cloudwatch_log_group": [{
		"address": "aws_cloudwatch_log_group.a",
		"argument": "name",
		"certain": true,
		"position": 0,
	}]}}
	verdict(of({"function_name": unknown}, by), [group(unknown)]) == passes
	verdict(of({}, by), [group("/other/a")]) == fails
}

test_a_name_that_is_not_known if {
	verdict(of({"function_name": unknown}, {}), [group(unknown)]) == doubted
	verdict(of({"function_name": unknown}, {}), [group("/aws/lambda/b")]) == doubted
	some finding in log_group.unknown with input.resources as {
		"aws_lambda_function": [of({"function_name": unknown}, {})],
		"aws_cloudwatch_log_group": [group("/b")],
	}
	finding.cause == "random_pet.a.id"
}

test_a_name_that_is_not_known_of_no_group if {
	verdict(of({"function_name": unknown}, {}), []) == fails
	some finding in log_group.deny with input.resources as {"aws_lambda_function": [of({"function_name": unknown}, {})]}
	finding.message == "its log group is not declared, so Lambda makes one that is kept for ever"
}

test_at_the_edge_is_not_examined if {
	by := {"referrers": {"aws_cloudfront_distribution": [{
		"argument": "default_cache_behavior.lambda_function_association.lambda_arn",
		"certain": true,
	}]}}
	verdict(of({}, by), []) == passes
	count(log_group.examined) == 0 with input.resources as {"aws_lambda_function": [of({}, by)]}
	count(log_group.examined) == 1 with input.resources as {"aws_lambda_function": [of({}, {})]}
}
