package aws.cloudtrail.enabled_test

import data.aws.cloudtrail.enabled as policy

unknown := {"unknown": true, "from": ["var.a"]}

trail(values) := {"address": "aws_cloudtrail.a", "values": values}

good := {"is_multi_region_trail": true, "enable_log_file_validation": "true"}

judged(trails) := with_params(trails, {"account_wide": false, "min_types": 8})

with_params(trails, params) := {
	"resources": {"aws_cloudtrail": trails},
	"params": {"aws.cloudtrail.enabled": params},
}

test_passes if {
	every values in [good, object.union(good, {"enable_logging": null})] {
		count(policy.deny) == 0 with input as judged([trail(values)])
		count(policy.unknown) == 0 with input as judged([trail(values)])
		policy.examined == {"plan"} with input as judged([trail(values)])
	}
}

test_fails if {
	every values in [
		{},
		{"is_multi_region_trail": true},
		{"enable_log_file_validation": true},
		object.union(good, {"is_multi_region_trail": "false"}),
		object.union(good, {"enable_log_file_validation": null}),
		object.union(good, {"enable_logging": false}),
		object.union(good, {"enable_logging": false, "is_multi_region_trail": unknown}),
	] {
		count(policy.deny) == 1 with input as judged([trail(values)])
		count(policy.unknown) == 0 with input as judged([trail(values)])
	}
}

test_names_the_faults if {
	some finding in policy.deny with input as judged([trail(object.union(good, {"enable_logging": false}))])
	finding.found == ["enable_logging of aws_cloudtrail.a is false"]
	contains(finding.message, "enable_logging of aws_cloudtrail.a is false")
}

test_is_unknown if {
	every name in ["is_multi_region_trail", "enable_log_file_validation", "enable_logging"] {
		values := object.union(good, {name: unknown})
		count(policy.deny) == 0 with input as judged([trail(values)])
		[finding.cause | some finding in policy.unknown] == ["var.a"] with input as judged([trail(values)])
	}
}

test_one_good_trail_suffices if {
	others := [trail({}), trail(object.union(good, {"enable_logging": unknown})), trail(good)]
	count(policy.deny) == 0 with input as judged(others)
	count(policy.unknown) == 0 with input as judged(others)
}

test_account_wide if {
	elsewhere := {"account_wide": true, "min_types": 8}
	every trails in [[trail({})], [trail(object.union(good, {"enable_logging": unknown}))]] {
		policy.examined == set() with input as with_params(trails, elsewhere)
		policy.deny == set() with input as with_params(trails, elsewhere)
		policy.unknown == set() with input as with_params(trails, elsewhere)
	}
}

few(least) := {
	"resources": {"aws_a": [], "aws_b": [], "random_c": []},
	"params": {"aws.cloudtrail.enabled": {"account_wide": false, "min_types": least}},
}

test_plans_of_few_types_are_not_judged if {
	policy.examined == {"plan"} with input as few(2)
	policy.examined == set() with input as few(3)
	policy.deny == set() with input as few(3)
	policy.deny == {{
		"address": "plan",
		"message": "no CloudTrail trail records what is done in the account",
		"expected": "a trail of all regions with log file validation",
	}} with input as few(2)
}
