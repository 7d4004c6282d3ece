package aws.vpc_endpoint.route_tables_test

import data.aws.vpc_endpoint.route_tables as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(endpoint, unresolved) := {"unresolved": unresolved, "resources": {
	"aws_vpc_endpoint": [object.union({"address": "x", "values": {}}, endpoint)],
	"aws_vpc_endpoint_route_table_association": [{"address": "association", "values": {}}],
}}

of(values) := model({"values": values}, {})

associated(certain) := {"referrers": {"aws_vpc_endpoint_route_table_association": [{
	"address": "association", "argument": "vpc_endpoint_id", "attribute": "id",
	"certain": certain, "cause": "local.endpoint", "position": 0,
}]}}

route_table(certain, mode) := {"references": {"route_table_ids": [{
	"address": "table", "type": "aws_route_table", "mode": mode, "attribute": "id",
	"certain": certain, "position": 0,
}]}}

causes := {finding.cause | some finding in policy.unknown}

test_no_route_table if {
	every values in [{}, {"route_table_ids": []}, {"route_table_ids": null, "vpc_endpoint_type": "Gateway"}] {
		policy.deny == {{
			"address": "x",
			"message": "it has no route table, so no traffic goes through it",
			"attribute": "route_table_ids",
			"found": [],
			"expected": "the private subnets' route tables",
		}} with input as of(values)
	}
	count(policy.deny) == 1 with input as of({"route_table_ids": {"unknown": true, "unset": true}})
}

test_route_tables if {
	every found in [["rtb-1"], [unknown]] {
		policy.deny == set() with input as of({"route_table_ids": found})
		policy.unknown == set() with input as of({"route_table_ids": found})
	}
}

test_a_list_of_resources_is_not_empty if {
	every certain in [true, false] {
		named := model(object.union({"values": {"route_table_ids": unknown}}, route_table(certain, "managed")), {})
		policy.deny == set() with input as named
		policy.unknown == set() with input as named
	}
	found := model(object.union({"values": {"route_table_ids": unknown}}, route_table(true, "data")), {})
	causes == {"var.a"} with input as found
}

test_association if {
	policy.deny == set() with input as model(associated(true), {})
	policy.unknown == set() with input as model(associated(true), {})
}

test_unknown if {
	policy.deny == set() with input as of({"route_table_ids": unknown})
	causes == {"var.a"} with input as of({"route_table_ids": unknown})
	causes == {"local.endpoint"} with input as model(associated(false), {})
	elsewhere := {"aws_vpc_endpoint_route_table_association": {"vpc_endpoint_id": ["var.endpoint"]}}
	causes == {"var.endpoint"} with input as model({}, elsewhere)
	causes == {"var.a"} with input as of({"vpc_endpoint_type": unknown})
}

test_only_gateways_are_examined if {
	policy.examined == {"x"} with input as of({})
	policy.examined == {"x"} with input as of({"vpc_endpoint_type": unknown})
	every type in ["Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"] {
		policy.examined == set() with input as of({"vpc_endpoint_type": type})
		policy.deny == set() with input as of({"vpc_endpoint_type": type})
	}
}

# What the endpoint shows of the association that the plan deletes.
test_an_association_that_is_deleted if {
	deleting := {
		"resources": {"aws_vpc_endpoint": [{
			"address": "e", "config": {"vpc_endpoint_type": {"constant": "Gateway"}},
			"values": {"id": "vpce-1", "vpc_endpoint_type": "Gateway", "route_table_ids": ["rtb-1"]},
		}]},
		"removed": {"aws_vpc_endpoint_route_table_association": [{
			"actions": ["delete"], "values": {"vpc_endpoint_id": "vpce-1"},
		}]},
	}
	count(policy.deny) == 1 with input as deleting
	policy.deny == set() with input as object.remove(deleting, ["removed"])
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as of({})
