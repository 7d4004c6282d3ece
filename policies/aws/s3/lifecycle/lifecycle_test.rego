package aws.s3.lifecycle_test

import data.aws.s3.lifecycle

unknown := {"unknown": true, "from": ["var.a"]}

referrer := {"address": "l", "argument": "bucket", "attribute": "id", "certain": true, "position": 0}

planned(rules) := {"resources": {
	"aws_s3_bucket": [{"address": "b", "values": {}, "referrers": {"aws_s3_bucket_lifecycle_configuration": [referrer]}}],
	"aws_s3_bucket_lifecycle_configuration": [{"address": "l", "values": {"rule": rules}}],
}}

inline(rules) := {"resources": {"aws_s3_bucket": [{"address": "b", "values": {"lifecycle_rule": rules}}]}}

verdict(found) := "pass" if {
	lifecycle.deny == set() with input as found
	lifecycle.unknown == set() with input as found
} else := message if {
	some finding in lifecycle.deny with input as found
	message := finding.message
} else := cause if {
	some finding in lifecycle.unknown with input as found
	cause := finding.cause
}

none := "it has no enabled lifecycle rule, so its objects stay in the dearest storage class"

stay := "none of its enabled lifecycle rules has a transition to cheaper storage"

move := [{"days": 30, "storage_class": "GLACIER"}]

test_separate_rules if {
	verdict(planned([{"status": "Enabled", "transition": move}])) == "pass"
	verdict(planned([{"status": "Disabled", "transition": move}])) == none
	verdict(planned([{"transition": move}])) == none
	verdict(planned([])) == none
	verdict(planned([{"status": "Enabled"}])) == stay
	verdict(planned([{"status": "Enabled", "transition": []}, {"status": "Disabled", "transition": move}])) == stay
	verdict(planned([{"status": "Enabled"}, {"status": "Enabled", "transition": move}])) == "pass"
}

test_inline_rules if {
	verdict(inline([{"enabled": "true", "transition": move}])) == "pass"
	verdict(inline([{"enabled": "false", "transition": move}])) == none
	verdict(inline([{"transition": move}])) == none
	verdict(inline([{"enabled": true}])) == stay
	verdict(inline({"unknown": true, "unset": true})) == none
}

test_unknown if {
	verdict(planned([{"status": unknown, "transition": move}])) == "var.a"
	verdict(planned([{"status": "Enabled", "transition": unknown}])) == "var.a"
	verdict(planned(unknown)) == "var.a"
	verdict(inline(unknown)) == "var.a"
	verdict(planned([{"status": "Enabled", "transition": move}, unknown])) == "pass"
	verdict(planned([{"status": unknown}])) == stay
	verdict(planned([{"status": "Disabled", "transition": unknown}])) == none
}

test_may_be_attached if {
	bare := {"resources": {"aws_s3_bucket": [{"address": "b", "values": {}}]}}
	unresolved := {"unresolved": {"aws_s3_bucket_lifecycle_configuration": {"bucket": ["local.b"]}}}
	verdict(object.union(bare, unresolved)) == "local.b"
	verdict(object.union(planned([{"status": "Enabled", "transition": move}]), unresolved)) == "pass"

	# A bucket has one configuration, so that the other is not its.
	verdict(object.union(planned([{"status": "Enabled"}]), unresolved)) == stay
}

# What the bucket shows of the rules that the plan deletes.
test_rules_that_are_deleted if {
	deleting := {
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "logs"}},
			"values": {"id": "logs", "lifecycle_rule": [{"enabled": true, "transition": [{"days": 30}]}]},
		}]},
		"removed": {"aws_s3_bucket_lifecycle_configuration": [{"actions": ["delete"], "values": {"bucket": "logs"}}]},
	}
	count(lifecycle.deny) == 1 with input as deleting
	lifecycle.deny == set() with input as object.remove(deleting, ["removed"])
}

test_what_fails_is_not_unknown_too if lifecycle.unknown == set() with input as planned([{"status": "Enabled"}])

test_all_doubts_are_told if {
	both := planned([{"status": unknown, "transition": {"unknown": true, "from": ["var.b"]}}])
	verdict(both) == "var.a, var.b"
}
