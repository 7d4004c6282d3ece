package aws.autoscaling.notifications_test

import data.aws.autoscaling.notifications as policy

model(argument, certain) := {"resources": {
	"aws_autoscaling_group": [{"address": "x", "values": {}, "referrers": {"aws_autoscaling_notification": [{
		"address": "n", "argument": argument, "certain": certain, "cause": "local.n", "position": 0,
	}]}}],
	"aws_autoscaling_notification": [{"address": "n"}],
}}

test_none if {
	none := {"resources": {"aws_autoscaling_group": [{"address": "x", "values": {}}]}}
	every planned in [none, model("topic_arn", true)] {
		policy.deny == {{
			"address": "x",
			"message": "no notification tells what it launches and terminates",
			"expected": "an aws_autoscaling_notification",
		}} with input as planned
		policy.unknown == set() with input as planned
	}
}

test_one if {
	policy.deny == set() with input as model("group_names", true)
	policy.unknown == set() with input as model("group_names", true)
}

test_perhaps_one if {
	policy.deny == set() with input as model("group_names", false)
	policy.unknown == {{
		"address": "x",
		"message": "whether a notification names it is known after apply",
		"expected": "an aws_autoscaling_notification",
		"cause": "local.n",
	}} with input as model("group_names", false)
}
