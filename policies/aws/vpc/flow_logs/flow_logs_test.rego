package aws.vpc.flow_logs_test

import data.aws.vpc.flow_logs

# model(vpc's flow logs, [each subnet's flow logs], subnets): a link is certain (true), or has a cause ("local.a").
model(logs, subnets) := {"resources": {
	"aws_vpc": [{"address": "vpc", "values": {}, "referrers": {
		"aws_flow_log": [link("log", "vpc_id", 0, certain) | some certain in logs],
		"aws_subnet": [link(sprintf("subnet%d", [i]), "vpc_id", i, subnet.certain) | some i, subnet in subnets],
	}}],
	"aws_subnet": [{"address": sprintf("subnet%d", [i]), "values": {}, "referrers": {"aws_flow_log": links}} |
		some i, subnet in subnets
		links := [link("log", "subnet_id", 0, certain) | some certain in subnet.logs]
	],
	"aws_flow_log": [{"address": "log", "values": {}}],
}}

link(address, argument, position, certain) := {
	"address": address, "argument": argument, "attribute": "id",
	"certain": certain == true, "cause": sprintf("%v", [certain]), "position": position,
}

verdict(found) := "fail" if {
	count(flow_logs.deny) == 1 with input as found
} else := cause if {
	some finding in flow_logs.unknown with input as found
	cause := finding.cause
} else := "pass"

logged := {"certain": true, "logs": [true]}

dark := {"certain": true, "logs": []}

perhaps := {"certain": true, "logs": ["local.log"]}

test_vpc if {
	verdict(model([true], [])) == "pass"
	verdict(model([true], [dark])) == "pass"
	verdict(model([], [])) == "fail"
	verdict(model(["local.log"], [])) == "local.log"
	flow_logs.deny == {{
		"address": "vpc",
		"message": "no flow log tells who talks to whom in it",
		"expected": "a flow log for the VPC",
	}} with input as model([], [])
}

test_subnets if {
	verdict(model([], [logged])) == "pass"
	verdict(model([], [logged, logged])) == "pass"
	verdict(model([], [logged, dark])) == "fail"
	verdict(model([], [dark, perhaps])) == "fail"
	verdict(model([], [logged, perhaps])) == "local.log"
	verdict(model(["local.vpc"], [dark])) == "local.vpc"
}

test_subnets_that_may_be_others if {
	verdict(model([], [logged, {"certain": "local.subnet", "logs": []}])) == "local.subnet"
	verdict(model([], [{"certain": "local.subnet", "logs": [true]}])) == "fail"
	elsewhere := {"unresolved": {"aws_flow_log": {"vpc_id": ["var.vpc"]}}}
	verdict(object.union(model([], []), elsewhere)) == "var.vpc"
}

test_what_fails_is_not_unknown if {
	count(flow_logs.deny) > 0 with input as model([], [])
	flow_logs.unknown == set() with input as model([], [])
}
