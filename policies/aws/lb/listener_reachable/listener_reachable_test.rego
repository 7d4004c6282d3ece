package aws.lb.listener_reachable_test

import data.aws.lb.listener_reachable

unknown := {"unknown": true, "from": ["var.a"]}

to(type, address) := {"address": address, "type": type, "mode": "managed", "certain": true, "position": 0}

http := {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["0.0.0.0/0"]}

planned(listener, balancer, group) := {
	"resources": {
		"aws_lb_listener": [{
			"address": "x",
			"values": object.union({"port": 80, "protocol": "HTTP"}, listener),
			"references": {"load_balancer_arn": [to("aws_lb", "lb")]},
		}],
		"aws_lb": [object.union(
			{
				"address": "lb", "type": "aws_lb", "mode": "managed", "values": {"security_groups": [unknown]},
				"references": {"security_groups": [to("aws_security_group", "sg")]},
			},
			balancer,
		)],
		"aws_security_group": [object.union({"address": "sg", "mode": "managed", "values": {}}, group)],
	},
	"data": {"aws_security_group": [{"address": "data.sg", "mode": "data", "values": {}}]},
}

verdict(found) := "na" if {
	listener_reachable.examined == set() with input as found
} else := "fail" if {
	count(listener_reachable.deny) == 1 with input as found
	listener_reachable.unknown == set() with input as found
} else := cause if {
	listener_reachable.deny == set() with input as found
	some finding in listener_reachable.unknown with input as found
	cause := finding.cause
} else := "pass" if {
	listener_reachable.deny == set() with input as found
	listener_reachable.unknown == set() with input as found
}

lets_in(rule) := {"values": {"ingress": [object.union(http, rule)]}}

test_ports if {
	verdict(planned({}, {}, lets_in({}))) == "pass"
	verdict(planned({}, {}, lets_in({"from_port": 0, "to_port": 65535}))) == "pass"
	verdict(planned({}, {}, lets_in({"protocol": "-1", "from_port": 0, "to_port": 0}))) == "pass"
	verdict(planned({}, {}, lets_in({"from_port": 81, "to_port": 90}))) == "fail"
	verdict(planned({}, {}, {})) == "fail"
	verdict(planned({"port": unknown}, {}, lets_in({}))) == "var.a"
	verdict(planned({"port": unknown}, {}, {})) == "fail"
	verdict(planned({"port": null}, {}, {})) == "na"
	verdict(planned({"port": "80"}, {}, lets_in({}))) == "fail"
}

test_protocols if {
	udp := lets_in({"protocol": "udp"})
	verdict(planned({"protocol": "UDP"}, {}, udp)) == "pass"
	verdict(planned({"protocol": "TCP_UDP"}, {}, udp)) == "pass"
	verdict(planned({"protocol": "TCP_UDP"}, {}, lets_in({}))) == "pass"
	verdict(planned({"protocol": "UDP"}, {}, lets_in({}))) == "fail"
	verdict(planned({"protocol": "TLS"}, {}, udp)) == "fail"
	verdict(planned({"protocol": null}, {}, lets_in({}))) == "pass"
	verdict(planned({"protocol": unknown}, {}, lets_in({}))) == "pass"
}

test_doubts_about_rules if {
	verdict(planned({}, {}, lets_in({"from_port": unknown}))) == "var.a"
	verdict(planned({}, {}, {"values": {"ingress": unknown}})) == "var.a"
	certain := {"values": {"ingress": [object.union(http, {"from_port": unknown}), http]}}
	verdict(planned({}, {}, certain)) == "pass"
	every type in ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule"] {
		unresolved := {"unresolved": {type: {"security_group_id": ["local.group"]}}}
		verdict(object.union(planned({}, {}, {}), unresolved)) == "local.group"
		verdict(object.union(planned({}, {}, lets_in({})), unresolved)) == "pass"
	}
}

test_doubts_about_groups if {
	certain := to("aws_security_group", "sg")
	perhaps := object.union(to("aws_security_group", "other"), {"certain": false, "cause": "local.groups"})
	verdict(planned({}, {"references": {"security_groups": [certain, perhaps]}}, {})) == "local.groups"
	of_vpc := {"references": {"security_groups": [certain, to("aws_vpc", "vpc")]}}
	verdict(planned({}, of_vpc, {})) == "the rules of vpc"
	verdict(planned({}, of_vpc, lets_in({}))) == "pass"
	read := object.union(to("aws_security_group", "data.sg"), {"mode": "data"})
	verdict(planned({}, {"references": {"security_groups": [certain, read]}}, {})) == "the rules of data.sg"
	verdict(planned({}, {"references": {"security_groups": [read]}}, {})) == "na"
	verdict(planned({}, {"references": {"security_groups": [perhaps]}}, {})) == "na"
}

test_groups_known_by_id if {
	ids := {"values": {"security_groups": ["sg-1", "sg-2"]}}
	verdict(planned({}, ids, {"values": {"id": "sg-1"}})) == "the rules of sg-2"
	verdict(planned({}, {"values": {"security_groups": ["sg-1"]}}, {"values": {"id": "sg-1"}})) == "fail"
}

test_messages_name_the_groups if {
	one := listener_reachable.deny with input as planned({}, {}, {})
	{finding.message | some finding in one} == {"no rule of sg lets port 80 in, so nobody reaches the listener"}
}
