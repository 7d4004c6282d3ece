package aws.s3.lifecycle_test

import data.aws.s3.lifecycle as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(bucket, rules) := {"unresolved": {}, "resources": {
	"aws_s3_bucket": [{"address": "x", "values": bucket, "referrers": {"aws_s3_bucket_lifecycle_configuration": [{
		"address": "lifecycle", "argument": "bucket", "certain": true, "position": 0,
	}]}}],
	"aws_s3_bucket_lifecycle_configuration": [{"address": "lifecycle", "values": {"rule": rules}}],
}}

rule(status, transitions) := {"status": status, "transition": transitions}

moving := [{"days": 90, "storage_class": "GLACIER_IR"}]

test_no_rule if {
	policy.deny == {{
		"address": "x",
		"message": "it has no lifecycle rule",
		"found": "0 rules, 0 enabled, none of these with a transition",
		"expected": "an enabled rule with a transition",
	}} with input as model({}, [])
}

test_faults_are_told_apart if {
	some disabled in policy.deny with input as model({}, [rule("Disabled", moving)])
	disabled.message == "none of its lifecycle rules is enabled"
	some keeping in policy.deny with input as model({}, [rule("Enabled", []), rule("Disabled", moving)])
	keeping.message == "its lifecycle rules move nothing to another storage class"
	keeping.found == "2 rules, 1 enabled, none of these with a transition"
}

test_moving if {
	every transitions in [moving, [{"days": 90, "storage_class": unknown}]] {
		policy.deny == set() with input as model({}, [rule("Enabled", []), rule("Enabled", transitions)])
		policy.unknown == set() with input as model({}, [rule("Enabled", transitions)])
	}
}

old(enabled) := {"lifecycle_rule": [{"enabled": enabled, "transition": moving}]}

test_old_blocks if {
	policy.deny == set() with input as model(old(true), [])
	policy.deny == set() with input as model(old("true"), [])
	count(policy.deny) == 1 with input as model(old(false), [])
	count(policy.unknown) == 1 with input as model(old(unknown), [])
}

test_unknown if {
	every rules in [[rule(unknown, moving)], [rule("Enabled", unknown)], unknown] {
		policy.deny == set() with input as model({}, rules)
		{finding.cause | some finding in policy.unknown} == {"var.a"} with input as model({}, rules)
	}
	policy.unknown == set() with input as model({}, [rule(unknown, moving), rule("Enabled", moving)])
	policy.unknown == set() with input as model({}, [rule(unknown, [])])
	policy.unknown == set() with input as model({}, [rule("Disabled", unknown)])
}
