package aws.autoscaling.lifecycle_hooks_test

import data.aws.autoscaling.lifecycle_hooks as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(values, certain) := {"resources": {
	"aws_autoscaling_group": [{"address": "x", "values": values, "referrers": {"aws_autoscaling_lifecycle_hook": [{
		"address": "h", "argument": "autoscaling_group_name", "certain": certain, "cause": "local.h", "position": 0,
	}]}}],
	"aws_autoscaling_lifecycle_hook": [{"address": "h"}],
}}

alone(blocks) := {"resources": {"aws_autoscaling_group": [{
	"address": "x",
	"values": {"initial_lifecycle_hook": blocks},
}]}}

test_none if {
	every blocks in [[], null, {"unknown": true, "unset": true}] {
		policy.deny == {{
			"address": "x",
			"message": "no lifecycle hook holds its instances back while they drain",
			"expected": "an aws_autoscaling_lifecycle_hook",
		}} with input as alone(blocks)
		policy.unknown == set() with input as alone(blocks)
	}
}

test_one if {
	every planned in [
		alone([{"name": "drain"}]),
		alone([unknown, {"name": "drain"}]),
		model({}, true),
		model({"initial_lifecycle_hook": unknown}, true),
		model({"initial_lifecycle_hook": [{"name": "drain"}]}, false),
	] {
		policy.deny == set() with input as planned
		policy.unknown == set() with input as planned
	}
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_perhaps_one if {
	causes(model({}, false)) == {"local.h"}
	causes(alone(unknown)) == {"var.a"}
	causes(model({"initial_lifecycle_hook": unknown}, false)) == {"local.h, var.a"}
	[finding.message | some finding in policy.unknown] == [
		"whether it has a lifecycle hook is known after apply",
	] with input as alone(unknown)
}
