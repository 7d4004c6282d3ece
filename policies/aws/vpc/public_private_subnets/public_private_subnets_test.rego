package aws.vpc.public_private_subnets_test

import data.aws.vpc.public_private_subnets as policy

# model([subnet, ...]): a subnet is certainly the VPC's, or has a cause; its table is "public", "private" or "later".
model(subnets) := {"resources": {
	"aws_vpc": [{"address": "vpc", "values": {}, "referrers": {
		"aws_subnet": [link(address(i), "vpc_id", i, subnet.certain) | some i, subnet in subnets],
	}}],
	"aws_subnet": [{"address": address(i), "values": {}, "referrers": {
		"aws_route_table_association": [link(sprintf("association%d", [i]), "subnet_id", i, true)],
	}} |
		some i, _ in subnets
	],
	"aws_route_table_association": [{"address": sprintf("association%d", [i]), "values": {}, "references": {
		"route_table_id": [{
			"address": subnet.table, "type": "aws_route_table", "mode": "managed", "attribute": "id",
			"certain": true, "position": 0,
		}],
	}} |
		some i, subnet in subnets
	],
	"aws_route_table": [
		{"address": "public", "values": {"route": [{"gateway_id": "igw-1"}]}},
		{"address": "private", "values": {"route": []}},
		{"address": "later", "values": {"route": [{"gateway_id": {"unknown": true, "from": ["var.gateway"]}}]}},
	],
}}

address(i) := sprintf("subnet%d", [i])

link(from, argument, position, certain) := {
	"address": from, "argument": argument, "attribute": "id",
	"certain": certain == true, "cause": sprintf("%v", [certain]), "position": position,
}

verdict(found) := "na" if {
	policy.examined == set() with input as found
} else := "fail" if {
	count(policy.deny) == 1 with input as found
} else := cause if {
	some finding in policy.unknown with input as found
	cause := finding.cause
} else := "pass"

public := {"certain": true, "table": "public"}

private := {"certain": true, "table": "private"}

later := {"certain": true, "table": "later"}

test_subnets if {
	verdict(model([public])) == "fail"
	verdict(model([public, public])) == "fail"
	verdict(model([public, private])) == "pass"
	verdict(model([private])) == "pass"
	verdict(model([later])) == "var.gateway"
	verdict(model([public, later])) == "var.gateway"
	verdict(model([private, later])) == "pass"
	policy.deny == {{
		"address": "vpc",
		"message": "each of its subnets has a route to an internet gateway, so nothing in it is private",
		"found": ["subnet0"],
		"expected": "a subnet without a route to an internet gateway",
	}} with input as model([public])
}

test_no_subnets if {
	verdict(model([])) == "na"
	verdict(model([{"certain": "local.vpc", "table": "public"}])) == "na"
	policy.deny == set() with input as model([])
}

test_subnets_that_may_be_others if {
	verdict(model([public, {"certain": "local.vpc", "table": "private"}])) == "local.vpc"
	elsewhere := {"unresolved": {"aws_subnet": {"vpc_id": ["var.vpc"]}}}
	verdict(object.union(model([public]), elsewhere)) == "var.vpc"
	verdict(object.union(model([private]), elsewhere)) == "pass"
}

test_what_fails_is_not_unknown if {
	count(policy.deny) > 0 with input as model([public])
	policy.unknown == set() with input as model([public])
}
