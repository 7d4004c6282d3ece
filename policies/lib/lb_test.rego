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
