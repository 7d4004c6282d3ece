package lib.security_group_test

import data.lib.security_group as sg

unknown := {"unknown": true, "from": ["var.a"]}

rule(fields) := object.union({"protocol": "tcp", "from": 22, "to": 22, "ranges": [], "range_causes": []}, fields)

forms := {"resources": {
	"aws_security_group": [{"address": "group", "values": {
		"ingress": [{
			"protocol": "6", "from_port": 22, "to_port": 23,
			"cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": [],
		}],
		"egress": {"unknown": true, "unset": true},
	}}],
	"aws_default_security_group": [{"address": "default", "values": {"ingress": unknown, "egress": []}}],
	"aws_security_group_rule": [
		{"address": "in", "values": {
			"type": "ingress", "protocol": "-1", "from_port": 0, "to_port": 0,
			"cidr_blocks": null, "ipv6_cidr_blocks": ["::/0", unknown],
		}},
		{"address": "out", "values": {"type": "egress", "protocol": "icmp", "cidr_blocks": unknown}},
		{"address": "either", "values": {
			"type": unknown, "protocol": "tcp", "from_port": 1, "to_port": 2, "cidr_blocks": ["0.0.0.0/0"],
		}},
	],
	"aws_vpc_security_group_ingress_rule": [{"address": "new", "values": {
		"ip_protocol": "TCP", "from_port": 443, "to_port": 443, "cidr_ipv4": "0.0.0.0/0", "cidr_ipv6": null,
	}}],
}}

found(rules) := {entry.resource.address: object.remove(entry, ["resource", "direction"]) | some entry in rules}

test_every_form_is_one_form if {
	rules := found(sg.ingress) with input as forms
	rules.group == {
		"protocol": "tcp", "from": 22, "to": 23, "ranges": ["10.0.0.0/8"], "range_causes": [],
		"is_inline": true, "attribute": "ingress",
	}
	rules.default.protocol == unknown
	rules.default.range_causes == ["var.a", "var.a"]
	rules["in"] == {
		"protocol": "all", "from": 0, "to": 0, "ranges": ["::/0"], "range_causes": ["var.a"],
		"is_inline": false, "attribute": "ipv6_cidr_blocks",
	}
	rules.new == {
		"protocol": "tcp", "from": 443, "to": 443, "ranges": ["0.0.0.0/0"], "range_causes": [],
		"is_inline": false, "attribute": "cidr_ipv4",
	}
	rules.either.ranges == []
	rules.either.range_causes == ["var.a"]
	not rules.out
}

test_directions_are_told_apart if {
	rules := found(sg.egress) with input as forms
	object.keys(rules) == {"out", "either"}
	rules.out.range_causes == ["var.a"]
}

test_examined if {
	sg.examined("ingress") == {"group", "default", "in", "either", "new"} with input as forms
	sg.examined("egress") == {"group", "default", "out", "either"} with input as forms
}

test_protocol_names if {
	names := {"-1": "all", "all": "all", "ALL": "all", "6": "tcp", "TCP": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
	every given, name in names {
		sg.protocol_name(given) == name
	}
	sg.protocol_name(-1) == "all"
	sg.protocol_name(6) == "tcp"
	sg.protocol_name("50") == "50"
	sg.protocol_name(unknown) == unknown
}

test_open if {
	sg.open(rule({"ranges": ["0.0.0.0/0"]})) == []
	sg.open(rule({"ranges": ["0.0.0.0/0"], "range_causes": ["var.a"]})) == []
	sg.open(rule({"ranges": ["10.0.0.0/8"], "range_causes": ["var.a"]})) == ["var.a"]
	not sg.open(rule({"ranges": ["10.0.0.0/8"]}))
}

reversed := "from_port 443 is above to_port 22, and AWS refuses that"

test_passes if {
	sg.passes(rule({}), "tcp", 22) == []
	sg.passes(rule({"from": 0, "to": 22}), "tcp", 22) == []
	sg.passes(rule({"from": 22, "to": 65535}), "tcp", 22) == []
	sg.passes(rule({"protocol": "all", "from": 0, "to": 0}), "tcp", 22) == []
	sg.passes(rule({"from": unknown}), "tcp", 22) == ["var.a"]
	sg.passes(rule({"to": unknown}), "tcp", 22) == ["var.a"]
	sg.passes(rule({"protocol": unknown}), "tcp", 22) == ["var.a"]
	not sg.passes(rule({"from": 23, "to": unknown}), "tcp", 22)
	not sg.passes(rule({"from": unknown, "to": 21}), "tcp", 22)
	not sg.passes(rule({"from": 23, "to": 65535}), "tcp", 22)
	not sg.passes(rule({"from": 0, "to": 21}), "tcp", 22)
	not sg.passes(rule({"protocol": "udp"}), "tcp", 22)
	sg.passes(rule({"from": 443, "to": 22}), "tcp", 22) == [reversed]
	sg.passes(rule({"from": 443, "to": 22}), "tcp", 443) == [reversed]
	sg.passes(rule({"from": 443, "to": 22, "protocol": unknown}), "tcp", 80) == ["var.a", reversed]
	not sg.passes(rule({"from": 443, "to": 22}), "tcp", 21)
	not sg.passes(rule({"from": 443, "to": 22}), "tcp", 444)
	not sg.passes(rule({"from": 443, "to": 22, "protocol": "udp"}), "tcp", 80)
	not sg.passes(rule({"protocol": "icmp", "from": 0, "to": 255}), "tcp", 22)
}

test_exceeds if {
	sg.exceeds(rule({}), {80, 443}) == []
	sg.exceeds(rule({"from": 80, "to": 443}), {80, 443}) == []
	sg.exceeds(rule({"from": 443, "to": 444}), {80, 443}) == []
	sg.exceeds(rule({"from": 80, "to": 80}), set()) == []
	sg.exceeds(rule({"protocol": "all", "from": 0, "to": 0}), {0}) == []
	sg.exceeds(rule({"protocol": "50", "from": 0, "to": 0}), {0}) == []
	sg.exceeds(rule({"from": unknown, "to": unknown}), set()) == []
	sg.exceeds(rule({"from": unknown, "to": 443}), {443}) == ["var.a"]
	sg.exceeds(rule({"from": unknown, "to": 444}), {443}) == []
	sg.exceeds(rule({"protocol": unknown}), {22}) == ["var.a"]
	not sg.exceeds(rule({"from": 443, "to": 443}), {80, 443})
	not sg.exceeds(rule({"protocol": "udp", "from": 443, "to": 443}), {80, 443})
	not sg.exceeds(rule({"from": 80, "to": 82}), {79, 80, 81, 82, 83})
	not sg.exceeds(rule({"protocol": "icmp", "from": 8, "to": 0}), set())
	sg.exceeds(rule({"from": 443, "to": 22}), {80, 443}) == [reversed]
	sg.exceeds(rule({"from": 443, "to": 22}), set()) == [reversed]
	not sg.exceeds(rule({"protocol": "icmp", "from": 443, "to": 22}), set())
}

test_traffic if {
	sg.traffic(rule({})) == "TCP port 22"
	sg.traffic(rule({"from": 0, "to": 65535})) == "all TCP ports"
	sg.traffic(rule({"from": 0, "to": 1024})) == "TCP ports 0 to 1024"
	sg.traffic(rule({"from": unknown})) == "TCP traffic"
	sg.traffic(rule({"protocol": "all"})) == "all traffic"
	sg.traffic(rule({"protocol": "icmpv6"})) == "ICMPV6"
	sg.traffic(rule({"protocol": "50"})) == "protocol 50"
	sg.traffic(rule({"protocol": unknown})) == "traffic"
}

test_key_tells_inline_rules_apart if {
	sg.key(rule({"is_inline": true, "direction": "ingress"}), ["::/0"]) == "ingress TCP port 22 ::/0"
	sg.key(rule({"is_inline": false, "direction": "ingress"}), ["::/0"]) == null
}
