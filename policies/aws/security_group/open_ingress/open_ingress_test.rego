package aws.security_group.open_ingress_test

import data.aws.security_group.open_ingress as policy

unknown := {"unknown": true, "from": ["var.a"]}

params := {"aws.security_group.open_ingress": {"public_ports": [80, 443]}}

model(type, values) := {
	"params": params,
	"resources": {type: [{"address": "x", "values": values}]},
}

inline(rules) := model("aws_security_group", {"ingress": rules})

rule(fields) := object.union(
	{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []},
	fields,
)

test_a_finding_names_what_was_found if {
	found := policy.deny with input as inline([rule({})])
	policy.unknown == set() with input as inline([rule({})])
	found == {{
		"address": "x",
		"key": "ingress TCP port 22 0.0.0.0/0",
		"attribute": "ingress",
		"message": "it lets TCP port 22 in from 0.0.0.0/0, the whole internet",
		"found": ["0.0.0.0/0"],
		"expected": "sources narrower than the internet, or ports [80, 443]",
	}}
}

test_public_ports_may_be_open if {
	every port in [80, 443] {
		policy.deny == set() with input as inline([rule({"from_port": port, "to_port": port})])
	}
	count(policy.deny) == 1 with input as inline([rule({"from_port": 80, "to_port": 443})])
	count(policy.deny) == 1 with input as inline([rule({"from_port": 443, "to_port": 444})])
	count(policy.deny) == 1 with input as inline([rule({"from_port": 79, "to_port": 80})])
}

test_no_port_need_be_public if {
	none := {"aws.security_group.open_ingress": {"public_ports": []}}
	some finding in policy.deny with input as object.union(
		inline([rule({"from_port": 443, "to_port": 443})]),
		{"params": none},
	)
	finding.expected == "sources narrower than the internet"
}

test_protocols_without_ports if {
	count(policy.deny) == 1 with input as inline([rule({"protocol": "50", "from_port": 0, "to_port": 0})])
	policy.deny == set() with input as inline([rule({"protocol": "icmp", "from_port": -1, "to_port": -1})])
	policy.deny == set() with input as inline([rule({"protocol": "58", "from_port": 128, "to_port": 0})])
}

test_unknown_ports if {
	open := inline([rule({"from_port": unknown, "to_port": unknown})])
	policy.deny == set() with input as open
	count(policy.unknown) == 1 with input as open
	policy.unknown == set() with input as inline([rule({"cidr_blocks": ["10.0.0.0/8"], "from_port": unknown})])
}

test_unknown_ranges_of_a_public_port_pass if {
	policy.unknown == set() with input as inline([rule({"from_port": 443, "to_port": 443, "cidr_blocks": [unknown]})])
}

test_only_ingress_rules_are_examined if {
	policy.examined == {"x"} with input as model("aws_security_group_rule", {"type": "ingress"})
	policy.examined == set() with input as model("aws_security_group_rule", {"type": "egress"})
}
