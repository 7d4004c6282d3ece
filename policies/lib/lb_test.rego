package lib.lb_test

import data.lib.lb

unknown := {"unknown": true, "from": ["var.a"]}

balancer(type, values) := {"address": sprintf("%s.x", [type]), "type": type, "values": values}

test_kinds if {
	lb.kind(balancer("aws_elb", {})) == "classic"
	lb.kind(balancer("aws_lb", {})) == "application"
	lb.kind(balancer("aws_alb", {"load_balancer_type": "network"})) == "network"
	lb.kind(balancer("aws_lb", {"load_balancer_type": unknown})) == unknown
}

test_all_types if {
	planned := {"resources": {
		"aws_lb": [balancer("aws_lb", {})],
		"aws_alb": [balancer("aws_alb", {"load_balancer_type": "gateway"})],
		"aws_elb": [balancer("aws_elb", {})],
		"aws_lb_listener": [{"address": "l"}],
		"aws_alb_listener": [{"address": "m"}],
	}}
	[found.address | some found in lb.balancers] == ["aws_lb.x", "aws_alb.x"] with input as planned
	[found.address | some found in lb.loggers] == ["aws_lb.x", "aws_elb.x"] with input as planned
	[found.address | some found in lb.listeners] == ["l", "m"] with input as planned
	lb.loggers == [] with input as {"resources": {}}
}

network(listener) := {"resources": {
	"aws_lb": [object.union(balancer("aws_lb", {"load_balancer_type": "network"}), {"referrers": {"aws_lb_listener": [{
		"address": "l", "argument": "load_balancer_arn", "attribute": "arn", "certain": true, "position": 0,
	}]}})],
	"aws_lb_listener": [{"address": "l", "values": listener}],
}}

test_network_load_balancers_log_tls if {
	every protocol in ["TLS", unknown, null] {
		count(lb.loggers) == 1 with input as network({"protocol": protocol})
	}
	every protocol in ["TCP", "UDP", "TCP_UDP"] {
		lb.loggers == [] with input as network({"protocol": protocol})
	}
	unsure := {"unresolved": {"aws_lb_listener": {"load_balancer_arn": ["local.a"]}}}
	count(lb.loggers) == 1 with input as object.union(network({"protocol": "TCP"}), unsure)
	count(lb.loggers) == 1 with input as {"resources": {"aws_lb": [balancer("aws_lb", {"load_balancer_type": "network"})]}}
}

test_access_logs if {
	lb.access_logs(balancer("aws_lb", {"access_logs": [{"bucket": "b", "enabled": "true"}]})) == []
	lb.access_logs(balancer("aws_elb", {"access_logs": [{"bucket": "b"}]})) == []
	lb.access_logs(balancer("aws_lb", {"access_logs": [{"bucket": "b", "enabled": unknown}]})) == ["var.a"]
	lb.access_logs(balancer("aws_lb", {"access_logs": unknown})) == ["var.a"]
}

test_access_logs_that_are_off if {
	every values in [
		{},
		{"access_logs": []},
		{"access_logs": null},
		{"access_logs": {"unknown": true, "unset": true}},
		{"access_logs": [{"bucket": "b"}]},
		{"access_logs": [{"bucket": "b", "enabled": null}]},
		{"access_logs": [{"bucket": "b", "enabled": "false"}]},
	] {
		not lb.access_logs(balancer("aws_lb", values))
	}
	not lb.access_logs(balancer("aws_elb", {}))
	not lb.access_logs(balancer("aws_elb", {"access_logs": [{"bucket": "b", "enabled": false}]}))
}

test_of_listener if {
	planned := {
		"resources": {"aws_lb": [{"address": "aws_lb.x", "mode": "managed"}]},
		"data": {"aws_lb": [{"address": "data.aws_lb.x", "mode": "data"}]},
	}
	reference := {"address": "aws_lb.x", "type": "aws_lb", "mode": "managed", "certain": true, "position": 0}
	lb.of_listener({"references": {"load_balancer_arn": [reference]}}) == [{
		"address": "aws_lb.x",
		"mode": "managed",
	}] with input as planned
	read := object.union(reference, {"mode": "data", "address": "data.aws_lb.x"})
	lb.of_listener({"references": {"load_balancer_arn": [read]}}) == [] with input as planned
}
