package aws.guardduty.notifications_test

import data.aws.guardduty.notifications as policy

unknown := {"unknown": true, "from": ["var.a"]}

guardduty := json.marshal({"source": ["aws.guardduty"]})

target(certain) := {
	"address": "aws_cloudwatch_event_target.a", "argument": "rule", "attribute": "name",
	"certain": certain, "cause": "local.rule", "position": 0,
}

rule(values, targets) := {
	"address": "aws_cloudwatch_event_rule.a",
	"values": object.union({"event_pattern": guardduty}, values),
	"referrers": {"aws_cloudwatch_event_target": targets},
}

sent(values) := rule(values, [target(true)])

plan(rules) := {"resources": {
	"aws_guardduty_detector": [{"address": "aws_guardduty_detector.a", "values": {}}],
	"aws_cloudwatch_event_rule": rules,
	"aws_cloudwatch_event_target": [{"address": "aws_cloudwatch_event_target.a", "values": {}}],
}}

passes(rules) if {
	policy.deny == set() with input as plan(rules)
	policy.unknown == set() with input as plan(rules)
}

fails(rules) if {
	count(policy.deny) == 1 with input as plan(rules)
	policy.unknown == set() with input as plan(rules)
}

doubted(rules, cause) if {
	policy.deny == set() with input as plan(rules)
	[finding.cause | some finding in policy.unknown] == [cause] with input as plan(rules)
}

pattern(members) := sent({"event_pattern": json.marshal(members)})

test_patterns_that_match if {
	every members in [
		{"source": ["aws.ec2", "aws.guardduty"]},
		{"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"], "detail": {"severity": [7, 8]}},
		{"detail-type": ["GuardDuty Finding"]},
		{"source": [{"prefix": "aws."}]},
		{"source": [{"suffix": ".guardduty"}]},
		{"source": [{"wildcard": "aws.*"}]},
		{"source": [{"wildcard": "*.guardduty"}]},
		{"source": [{"equals-ignore-case": "AWS.GuardDuty"}]},
	] {
		passes([pattern(members)])
	}
}

test_patterns_that_do_not if {
	every members in [
		{"source": ["aws.securityhub"]},
		{"source": ["aws.guardduty"], "detail-type": ["GuardDuty Malware Protection Object Scan Result"]},
		{"source": [{"prefix": "aws.ec2"}]},
		{"source": [{"prefix": {"equals-ignore-case": "aws."}}]},
		{"source": [{"suffix": ".ec2"}]},
		{"source": [{"wildcard": "aws.ec*"}]},
		{"source": [{"wildcard": "*.ec2"}]},
		{"source": [{"equals-ignore-case": "aws.ec2"}]},
		["aws.guardduty"],
	] {
		fails([pattern(members)])
	}
	fails([sent({"event_pattern": null})])
	fails([sent({"event_pattern": "aws.guardduty"})])
}

test_rules_that_are_off if {
	fails([sent({"state": "DISABLED"})])
	fails([sent({"is_enabled": "false"})])
	passes([sent({"state": "ENABLED"})])
	passes([sent({"is_enabled": true, "state": ""})])
}

test_other_buses if {
	fails([sent({"event_bus_name": "orders"})])
	fails([sent({"event_bus_name": "arn:aws:events:us-east-1:123456789012:event-bus/orders"})])
	passes([sent({"event_bus_name": "arn:aws:events:us-east-1:123456789012:event-bus/default"})])
	passes([sent({"event_bus_name": "default"})])
}

test_targets if {
	fails([rule({}, [])])
	doubted([rule({}, [target(false)])], "local.rule")
	fails([rule({}, [object.union(target(true), {"argument": "arn"})])])
}

test_is_unknown if {
	every argument in ["event_pattern", "state", "is_enabled", "event_bus_name"] {
		doubted([sent({argument: unknown})], "var.a")
	}
	doubted([sent({"state": unknown}), sent({"event_bus_name": "orders"})], "var.a")
}

test_one_rule_suffices if {
	passes([sent({"event_bus_name": "orders"}), sent({"state": unknown}), sent({})])
}

test_no_detector if policy.deny == set() with input as {"resources": {}}

test_filters_hold_at_their_end if {
	every filter in [
		{"prefix": "guardduty"},
		{"suffix": "aws."},
		{"wildcard": "guard*"},
		{"wildcard": "*guard"},
	] {
		fails([pattern({"source": [filter]})])
	}
	passes([pattern({"detail-type": [{"equals-ignore-case": "guardduty finding"}]})])
	fails([sent({"event_bus_name": "arn:aws:events:us-east-1:123456789012:event-bus/default-2"})])
	fails([pattern({"source": ["aws.ec2", {"prefix": 1}, 1]})])
}
