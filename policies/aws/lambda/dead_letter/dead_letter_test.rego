package aws.lambda.dead_letter_test

import data.aws.lambda.dead_letter

unknown := {"unknown": true, "from": ["aws_sqs_queue.a.arn"]}

function(values, referrers) := {
	"address": "aws_lambda_function.a",
	"values": object.union({"function_name": "a"}, values),
	"referrers": referrers,
}

referrer(address, argument, certain) := {
	"address": address,
	"argument": argument,
	"certain": certain,
	"cause": "local.a",
	"position": 0,
}

target := {"aws_cloudwatch_event_target": [referrer("aws_cloudwatch_event_target.a", "arn", true)]}

permission(values) := {"address": "aws_lambda_permission.a", "values": values}

verdict(resources) := found if {
	found := {
		"deny": count(dead_letter.deny),
		"unknown": count(dead_letter.unknown),
		"examined": count(dead_letter.examined),
	} with input.resources as resources
}

fails := {"deny": 1, "unknown": 0, "examined": 1}

passes := {"deny": 0, "unknown": 0, "examined": 1}

doubted := {"deny": 0, "unknown": 1, "examined": 1}

not_applicable := {"deny": 0, "unknown": 0, "examined": 0}

test_every_trigger_is_followed if {
	every type, argument in data.aws.lambda.dead_letter.triggers {
		by := {type: [referrer("x.y", argument, true)]}
		verdict({"aws_lambda_function": [function({}, by)], type: [{"address": "x.y", "values": {}}]}) == fails
		other := {type: [referrer("x.y", "other", true)]}
		verdict({"aws_lambda_function": [function({}, other)]}) == not_applicable
	}
}

test_a_trigger_of_an_alias if {
	alias := {"address": "aws_lambda_alias.a", "values": {}, "referrers": target}
	resources := {
		"aws_lambda_function": [function({}, {"aws_lambda_alias": [referrer(alias.address, "function_name", true)]})],
		"aws_lambda_alias": [alias],
	}
	verdict(resources) == fails
}

test_a_trigger_that_may_be_its if {
	by := {"aws_cloudwatch_event_target": [referrer("aws_cloudwatch_event_target.a", "arn", false)]}
	verdict({"aws_lambda_function": [function({}, by)]}) == doubted
	kept := function({"dead_letter_config": [{"target_arn": unknown}]}, by)
	verdict({"aws_lambda_function": [kept]}) == passes
	some finding in dead_letter.unknown with input.resources as {"aws_lambda_function": [function({}, by)]}
	finding.cause == "local.a"
}

test_a_trigger_that_the_plan_does_not_resolve if {
	resources := {"aws_lambda_function": [function({}, {})]}
	count(dead_letter.unknown) == 1 with input as {
		"resources": resources,
		"unresolved": {"aws_sns_topic_subscription": {"endpoint": ["local.b"]}},
	}
	verdict(resources) == not_applicable
}

test_a_permission_by_reference if {
	by := {"aws_lambda_permission": [referrer("aws_lambda_permission.a", "function_name", true)]}
	every principal in [
		"events.amazonaws.com", "logs.us-east-1.amazonaws.com", "sns.amazonaws.com.cn", "s3.amazonaws.com",
	] {
		resources := {
			"aws_lambda_function": [function({"function_name": unknown}, by)],
			"aws_lambda_permission": [permission({"principal": principal, "function_name": unknown})],
		}
		verdict(resources) == fails
	}
}

test_a_permission_by_name if {
	every name in ["a", "arn:aws:lambda:us-east-1:123456789012:function:a"] {
		resources := {
			"aws_lambda_function": [function({}, {})],
			"aws_lambda_permission": [permission({"principal": "sns.amazonaws.com", "function_name": name})],
		}
		verdict(resources) == fails
		{finding.message | some finding in dead_letter.deny} == {sprintf("it is invoked without waiting (%s), so %s", [
			"aws_lambda_permission.a", "an event that it fails on is lost",
		])} with input.resources as resources
	}
}

test_a_permission_of_who_waits_or_of_another if {
	every values in [
		{"principal": "apigateway.amazonaws.com", "function_name": "a"},
		{"principal": unknown, "function_name": "a"},
		{"principal": "sns.amazonaws.com", "function_name": "b"},
		{"principal": "sns.amazonaws.com", "function_name": unknown},
	] {
		resources := {"aws_lambda_function": [function({}, {})], "aws_lambda_permission": [permission(values)]}
		verdict(resources) == not_applicable
	}
}

test_a_dead_letter_target if {
	every arn in ["arn:aws:sqs:us-east-1:123456789012:a", unknown] {
		kept := function({"dead_letter_config": [{"target_arn": arn}]}, target)
		verdict({"aws_lambda_function": [kept]}) == passes
	}
	every none in [[], null, [{"target_arn": ""}]] {
		verdict({"aws_lambda_function": [function({"dead_letter_config": none}, target)]}) == fails
	}
}

config(destination, name) := {"address": "aws_lambda_function_event_invoke_config.a", "values": {
	"function_name": name,
	"destination_config": [{"on_failure": destination}],
}}

test_an_on_failure_destination if {
	by := {"aws_lambda_function_event_invoke_config": [referrer(
		"aws_lambda_function_event_invoke_config.a",
		"function_name", true,
	)]}
	every destination in ["arn:aws:sqs:us-east-1:123456789012:a", unknown] {
		resources := {
			"aws_lambda_function": [function({"function_name": unknown}, by)],
			"aws_lambda_function_event_invoke_config": [config([{"destination": destination}], unknown)],
		}
		verdict(resources) == passes
	}
	every on_failure in [[], [{"destination": ""}]] {
		resources := {
			"aws_lambda_function": [function({}, by)],
			"aws_lambda_function_event_invoke_config": [config(on_failure, "a")],
		}
		verdict(resources) == fails
	}
}

test_an_on_failure_destination_by_name if {
	resources := {
		"aws_lambda_function": [function({}, target)],
		"aws_lambda_function_event_invoke_config": [config([{"destination": unknown}], "a")],
	}
	verdict(resources) == passes
	other := {
		"aws_lambda_function": [function({}, target)],
		"aws_lambda_function_event_invoke_config": [config([{"destination": unknown}], "b")],
	}
	verdict(other) == fails
}

test_a_configuration_that_may_be_its if {
	by := object.union(target, {"aws_lambda_function_event_invoke_config": [referrer(
		"aws_lambda_function_event_invoke_config.a",
		"function_name", false,
	)]})
	resources := {
		"aws_lambda_function": [function({}, by)],
		"aws_lambda_function_event_invoke_config": [config([{"destination": unknown}], unknown)],
	}
	verdict(resources) == doubted
}
