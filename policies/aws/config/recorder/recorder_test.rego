package aws.config.recorder_test

import data.aws.config.recorder as policy

unknown := {"unknown": true, "from": ["var.a"]}

recorder := {"aws_config_configuration_recorder": [{"address": "aws_config_configuration_recorder.a", "values": {}}]}

statuses(list) := {"aws_config_configuration_recorder_status": [
{"address": "aws_config_configuration_recorder_status.a", "values": {"is_enabled": enabled}} |
	some enabled in list
]}

judged(resources) := with_params(resources, {"account_wide": false, "min_types": 8})

with_params(resources, params) := {"resources": resources, "params": {"aws.config.recorder": params}}

test_passes if {
	every list in [[true], ["true"], [false, true], [unknown, true]] {
		policy.examined == {"plan"} with input as judged(statuses(list))
		policy.deny == set() with input as judged(statuses(list))
		policy.unknown == set() with input as judged(statuses(list))
	}
}

test_fails if {
	every list in [[false], ["false"], [null], [false, false]] {
		count(policy.deny) == 1 with input as judged(statuses(list))
		policy.unknown == set() with input as judged(statuses(list))
	}
}

test_is_unknown if {
	every list in [[unknown], [unknown, false]] {
		policy.deny == set() with input as judged(statuses(list))
		[finding.cause | some finding in policy.unknown] == ["var.a"] with input as judged(statuses(list))
	}
}

messages(resources) := found if {
	found := [finding.message | some finding in policy.deny] with input as judged(resources)
}

test_says_what_is_missing if {
	messages(statuses([false])) == ["AWS Config records nothing: aws_config_configuration_recorder_status.a is off"]
	messages(recorder) == ["AWS Config records nothing: nothing switches aws_config_configuration_recorder.a on"]
	messages({sprintf("aws_%d", [n]): [] | some n in numbers.range(1, 8)}) == [
		"no AWS Config recorder keeps the history of the resources",
	]
}

test_account_wide if {
	elsewhere := {"account_wide": true, "min_types": 8}
	every resources in [recorder, statuses([unknown])] {
		policy.examined == set() with input as with_params(resources, elsewhere)
		policy.deny == set() with input as with_params(resources, elsewhere)
		policy.unknown == set() with input as with_params(resources, elsewhere)
	}
}

test_plans_of_few_types_are_not_judged if {
	types := {"aws_a": [], "aws_b": [], "random_c": []}
	policy.examined == {"plan"} with input as with_params(types, {"account_wide": false, "min_types": 2})
	policy.examined == set() with input as with_params(types, {"account_wide": false, "min_types": 3})
	policy.deny == set() with input as with_params(types, {"account_wide": false, "min_types": 3})
}
