package aws.security_group.open_egress_test

import data.aws.security_group.open_egress as policy

unknown := {"unknown": true, "from": ["var.a"]}

params := {"aws.security_group.open_egress": {"allow_ports": []}}

model(type, values) := {
	"params": params,
	"resources": {type: [{"address": "x", "values": values}]},
}

inline(rules) := model("aws_security_group", {"egress": rules})

rule(fields) := object.union(
	{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []},
	fields,
)

test_a_finding_names_what_was_found if {
	found := policy.deny with input as inline([rule({})])
	found == {{
		"address": "x",
		"key": "egress TCP port 22 0.0.0.0/0",
		"attribute": "egress",
		"message": "it lets TCP port 22 out to 0.0.0.0/0, the whole internet",
		"found": ["0.0.0.0/0"],
		"expected": "destinations narrower than the internet",
	}}
}

test_each_open_rule_has_a_key_of_its_own if {
	found := policy.deny with input as inline([rule({}), rule({"to_port": 80}), rule({"cidr_blocks": ["10.0.0.0/8"]})])
	{finding.key | some finding in found} == {"egress TCP port 22 0.0.0.0/0", "egress TCP ports 22 to 80 0.0.0.0/0"}
}

test_both_families_are_one_finding if {
	found := policy.deny with input as inline([rule({"ipv6_cidr_blocks": ["::/0"]})])
	count(found) == 1
	some finding in found
	finding.message == "it lets TCP port 22 out to 0.0.0.0/0 and ::/0, the whole internet"
}

two_ports := {"aws.security_group.open_egress": {"allow_ports": [22, 443]}}

allowed(rules) := object.union(inline(rules), {"params": two_ports})

test_allowed_ports_may_be_open if {
	policy.deny == set() with input as allowed([rule({})])
	policy.deny == set() with input as allowed([rule({"protocol": "17"})])
	count(policy.deny) == 1 with input as allowed([rule({"to_port": 23})])
	count(policy.deny) == 1 with input as allowed([rule({"protocol": "-1", "from_port": 0, "to_port": 0})])
	some finding in policy.deny with input as allowed([rule({"to_port": 23})])
	finding.expected == "destinations narrower than the internet, or ports [22, 443]"
}

test_what_is_certainly_closed_is_not_unknown if {
	closed := inline([rule({"cidr_blocks": ["10.0.0.0/8"], "from_port": unknown, "protocol": unknown})])
	policy.deny == set() with input as closed
	policy.unknown == set() with input as closed
}

test_what_is_certainly_open_is_not_unknown if {
	open := inline([rule({"cidr_blocks": ["0.0.0.0/0", unknown], "from_port": unknown})])
	count(policy.deny) == 1 with input as open
	policy.unknown == set() with input as open
}

test_unknown if {
	found := policy.unknown with input as inline([rule({"cidr_blocks": ["10.0.0.0/8", unknown]})])
	{finding.cause | some finding in found} == {"var.a"}
	count(policy.unknown) == 1 with input as inline([rule({"protocol": unknown})])
	count(policy.unknown) == 1 with input as inline(unknown)
	policy.unknown == set() with input as inline({"unknown": true, "unset": true})
}

test_a_sensitive_range_is_unknown if {
	found := policy.unknown with input as inline([rule({"cidr_blocks": [{"sensitive": true}]})])
	{finding.cause | some finding in found} == {"a sensitive value"}
}

test_a_rule_of_its_own_needs_no_key if {
	model_of_rule := model("aws_vpc_security_group_egress_rule", {"ip_protocol": "-1", "cidr_ipv6": "::/0"})
	some finding in policy.deny with input as model_of_rule
	object.keys(finding) == {"address", "attribute", "message", "found", "expected"}
	finding.attribute == "cidr_ipv6"
}

test_only_egress_rules_are_examined if {
	policy.examined == {"x"} with input as model("aws_security_group_rule", {"type": "egress"})
	policy.examined == set() with input as model("aws_security_group_rule", {"type": "ingress"})
	policy.examined == {"x"} with input as inline([])
}
