package aws.security_group.default_deny_test

import data.aws.security_group.default_deny

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

link(address, argument, certain) := {
	"address": address, "argument": argument, "attribute": "id",
	"certain": certain, "cause": "local.vpc", "position": 0,
}

reference(type, certain) := {"vpc_id": [{
	"address": "vpc", "type": type, "mode": "managed", "attribute": "id",
	"certain": certain, "cause": "local.vpc", "position": 0,
}]}

# A VPC whose default group is adopted, with these values and rules of their own.
adopted(type, values, certain, rules) := {"resources": object.union(
	{
		type: [{"address": "vpc", "values": {}, "referrers": {
			"aws_default_security_group": [link("group", "vpc_id", certain)],
		}}],
		"aws_default_security_group": [{
			"address": "group", "values": values, "references": reference(type, certain),
			"referrers": {rule: [link("rule", "security_group_id", true)] | some rule in rules},
		}],
	},
	{rule: [{"address": "rule", "values": {}}] | some rule in rules},
)}

stray(values) := {"resources": {"aws_default_security_group": [{"address": "group", "values": values}]}}

# verdict(input) -> what is said of each address
verdict(found) := {said |
	some finding in default_deny.deny with input as found
	said := [finding.address, "fail"]
} | {said |
	some finding in default_deny.unknown with input as found
	said := [finding.address, finding.cause]
}

types := ["aws_vpc", "aws_default_vpc"]

test_not_adopted if {
	every type in types {
		default_deny.deny == {{
			"address": "x",
			"message": "its default security group is not adopted, so its members may talk to each other and to the internet",
			"expected": "an aws_default_security_group without rules",
		}} with input as {"resources": {type: [{"address": "x", "values": {}}]}}
	}
}

test_adopted_and_emptied if {
	every type in types {
		every found in [[], null, unset] {
			verdict(adopted(type, {"ingress": found, "egress": found}, true, [])) == set()
		}
		verdict(adopted(type, {}, true, [])) == set()
		default_deny.examined == {"vpc"} with input as adopted(type, {}, true, [])
	}
}

test_rules_of_the_group if {
	every type in types {
		every argument in ["ingress", "egress"] {
			verdict(adopted(type, {argument: [{"protocol": "-1"}]}, true, [])) == {["vpc", "fail"]}
			verdict(adopted(type, {argument: unknown}, true, [])) == {["vpc", "var.a"]}
			verdict(adopted(type, {argument: [unknown]}, true, [])) == {["vpc", "var.a"]}
		}
	}
	default_deny.deny == {{
		"address": "vpc",
		"key": "rules",
		"message": "its default security group has rules, by egress and ingress",
		"found": ["egress", "ingress"],
		"expected": "no rules",
	}} with input as adopted("aws_vpc", {"ingress": [{}], "egress": [{}]}, true, [])
}

test_rules_of_their_own if {
	every type in [
		"aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
		"aws_vpc_security_group_egress_rule",
	] {
		verdict(adopted("aws_vpc", {}, true, [type])) == {["vpc", "fail"]}
		found := {"resources": {
			"aws_vpc": [{"address": "vpc", "values": {}, "referrers": {
				"aws_default_security_group": [link("group", "vpc_id", true)],
				type: [link("rule", "security_group_id", true)],
			}}],
			"aws_default_security_group": [{
				"address": "group", "values": {},
				"references": reference("aws_vpc", true),
			}],
			type: [{"address": "rule", "values": {}}],
		}}
		verdict(found) == {["vpc", "fail"]}
	}
}

test_group_that_may_be_another_vpcs if {
	found := adopted("aws_vpc", {"ingress": [{}]}, false, [])
	verdict(found) == {["vpc", "local.vpc"], ["group", "fail"]}
	default_deny.examined == {"vpc", "group"} with input as found
	elsewhere := {"unresolved": {"aws_default_security_group": {"vpc_id": ["var.vpc"]}}}
	alone := {"resources": {"aws_vpc": [{"address": "vpc", "values": {}}]}}
	verdict(object.union(alone, elsewhere)) == {["vpc", "var.vpc"]}
}

test_group_of_a_vpc_outside_the_plan if {
	default_deny.examined == {"group"} with input as stray({})
	verdict(stray({})) == set()
	verdict(stray({"ingress": [{}]})) == {["group", "fail"]}
	verdict(stray({"egress": unknown})) == {["group", "var.a"]}
}

test_what_fails_is_not_unknown if {
	count(default_deny.deny) > 0 with input as {"resources": {"aws_vpc": [{"address": "x", "values": {}}]}}
	default_deny.unknown == set() with input as {"resources": {"aws_vpc": [{"address": "x", "values": {}}]}}
}
