package aws.security_group.open_ssh_test

import data.aws.security_group.open_ssh as policy

unknown := {"unknown": true, "from": ["var.a"]}

params := {"aws.security_group.open_ssh": {"widest_prefix": 8, "widest_prefix_ipv6": 32}}

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
	found == {{
		"address": "x",
		"key": "port 22 (SSH) by ingress TCP port 22 0.0.0.0/0",
		"attribute": "ingress",
		"message": "it opens port 22 (SSH) to 0.0.0.0/0",
		"found": ["0.0.0.0/0"],
		"expected": "ranges no wider than /8, /32 for IPv6",
	}}
}

test_a_rule_may_open_both if {
	found := policy.deny with input as inline([rule({"from_port": 0, "to_port": 65535})])
	{finding.message | some finding in found} == {
		"it opens port 22 (SSH) to 0.0.0.0/0",
		"it opens port 3389 (RDP) to 0.0.0.0/0",
	}
}

test_widest_prefix if {
	count(policy.deny) == 1 with input as inline([rule({"cidr_blocks": ["8.0.0.0/7"]})])
	policy.deny == set() with input as inline([rule({"cidr_blocks": ["10.0.0.0/8"]})])
	count(policy.deny) == 1 with input as inline([rule({"cidr_blocks": [], "ipv6_cidr_blocks": ["2001:da00::/31"]})])
	policy.deny == set() with input as inline([rule({"cidr_blocks": [], "ipv6_cidr_blocks": ["2001:db8::/32"]})])
}

test_widest_prefix_can_be_narrowed if {
	narrow := {"aws.security_group.open_ssh": {"widest_prefix": 24, "widest_prefix_ipv6": 64}}
	some finding in policy.deny with input as object.union(
		inline([rule({"cidr_blocks": ["203.0.112.0/23"]})]),
		{"params": narrow},
	)
	finding.message == "it opens port 22 (SSH) to 203.0.112.0/23"
	finding.expected == "ranges no wider than /24, /64 for IPv6"
}

test_many_narrow_parts_are_the_internet if {
	parts := [sprintf("%d.0.0.0/8", [part]) | some part in numbers.range(0, 255)]
	some finding in policy.deny with input as inline([rule({"cidr_blocks": parts})])
	finding.message == "it opens port 22 (SSH) to 0.0.0.0/0"
}

test_protocols if {
	every protocol in ["6", "TCP"] {
		count(policy.deny) == 1 with input as inline([rule({"protocol": protocol})])
	}
	every protocol in ["-1", "all", "ALL"] {
		count(policy.deny) == 2 with input as inline([rule({"protocol": protocol, "from_port": 0, "to_port": 0})])
	}
	every protocol in ["udp", "17", "icmp", "1", "icmpv6", "58", "50"] {
		policy.deny == set() with input as inline([rule({"protocol": protocol})])
	}
	count(policy.deny) == 1 with input as inline([rule({"protocol": "udp", "from_port": 3389, "to_port": 3389})])
}

test_unknown if {
	count(policy.unknown) == 1 with input as inline([rule({"cidr_blocks": [unknown]})])
	count(policy.unknown) == 1 with input as inline([rule({"from_port": unknown})])
	policy.unknown == set() with input as inline([rule({"cidr_blocks": ["8.0.0.0/7", unknown]})])
	policy.unknown == set() with input as inline([rule({"cidr_blocks": [unknown], "from_port": 80, "to_port": 80})])
	{finding.message | some finding in policy.unknown} == {
		"whether it opens port 22 (SSH) to the internet is known after apply",
		"whether it opens port 3389 (RDP) to the internet is known after apply",
	} with input as inline(unknown)
}

test_a_rule_with_an_address_of_its_own_is_known_by_its_service if {
	values := {"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"}
	found := policy.deny with input as model("aws_vpc_security_group_ingress_rule", values)
	{finding.key | some finding in found} == {"port 22 (SSH)"}
}
