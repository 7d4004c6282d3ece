package lib.routing_test

import data.lib.routing

unknown(source) := {"unknown": true, "from": [source]}

igw := unknown("aws_internet_gateway.main.id")

nat := unknown("aws_nat_gateway.main.id")

later := unknown("terraform_data.gateway.output")

referrer(address, argument, certain, position) := {
	"address": address, "argument": argument, "attribute": "id",
	"certain": certain, "cause": "local.it", "position": position,
}

reference(address, type, certain, position) := {
	"address": address, "type": type, "mode": "managed", "attribute": "id",
	"certain": certain, "cause": "local.it", "position": position,
}

table(address, gateways, referrers) := {
	"address": address,
	"values": {"route": [{"gateway_id": gateway} | some gateway in gateways]},
	"referrers": {"aws_route": referrers},
}

association(address, id, references) := {
	"address": address, "values": {"route_table_id": id}, "references": {"route_table_id": references},
}

subnet(associations) := {
	"address": "s",
	"values": {"vpc_id": unknown("aws_vpc.main.id")},
	"references": {"vpc_id": [reference("vpc", "aws_vpc", true, 0)]},
	"referrers": {"aws_route_table_association": associations},
}

test_gateways if {
	routing.gateway("igw-0a1b") == []
	routing.gateway(igw) == []
	routing.gateway(unknown("module.net.aws_internet_gateway.this[0].id")) == []
	not routing.gateway(null)
	not routing.gateway("local")
	not routing.gateway("nat-0a1b")
	not routing.gateway(nat)
	not routing.gateway(unknown("aws_vpn_gateway.main.id"))
	routing.gateway(later) == ["terraform_data.gateway.output"]
	routing.gateway({"unknown": true, "from": []}) == ["a value that apply computes"]
}

tables(list) := {"resources": {
	"aws_route_table": list,
	"aws_route": [
		{"address": "r.igw", "values": {"gateway_id": igw}},
		{"address": "r.nat", "values": {"nat_gateway_id": nat}},
		{"address": "r.later", "values": {"gateway_id": later}},
	],
}}

leads(tab) := found if {
	found := routing.table_leads with input as tables([tab])
}

test_tables if {
	leads(table("t", [nat, igw], [])) == {"t": []}
	leads(table("t", [later, igw], [])) == {"t": []}
	leads(table("t", [nat, later], [])) == {"t": ["terraform_data.gateway.output"]}
	leads(table("t", [nat], [])) == {}
	leads(table("t", [], [referrer("r.igw", "route_table_id", true, 0)])) == {"t": []}
	leads(table("t", [], [referrer("r.nat", "route_table_id", true, 1)])) == {}
	leads(table("t", [], [referrer("r.later", "route_table_id", true, 2)])) == {"t": ["terraform_data.gateway.output"]}
	leads(table("t", [], [referrer("r.igw", "route_table_id", false, 0)])) == {"t": ["local.it"]}
	leads(table("t", [], [referrer("r.nat", "route_table_id", false, 1)])) == {}
}

test_default_route_tables_are_tables if {
	routing.table_leads == {"t": []} with input as {"resources": {"aws_default_route_table": [table("t", [igw], [])]}}
}

test_routes_whose_table_is_not_told if {
	unresolved := {"unresolved": {"aws_route": {"route_table_id": ["local.tables"]}}}
	routing.table_leads == {"t": ["local.tables"]} with input as object.union(tables([table("t", [], [])]), unresolved)
	without := {"resources": {"aws_route_table": [table("t", [], [])], "aws_route": []}}
	routing.table_leads == {} with input as object.union(without, unresolved)
}

# An association's table: public, private, one of both, one outside the plan.
network := {"resources": {
	"aws_route_table": [table("public", [igw], []), table("private", [nat], []), table("later", [later], [])],
	"aws_vpc": [{"address": "vpc", "referrers": {"aws_route": [referrer("r.igw", "route_table_id", true, 0)]}}],
	"aws_route": [{"address": "r.igw", "values": {"gateway_id": igw}}],
	"aws_route_table_association": [
		association("a.public", null, [reference("public", "aws_route_table", true, 0)]),
		association("a.private", null, [reference("private", "aws_route_table", true, 1)]),
		association("a.later", null, [reference("later", "aws_route_table", true, 2)]),
		association("a.both", null, [
			reference("public", "aws_route_table", false, 0),
			reference("private", "aws_route_table", false, 1),
		]),
		association("a.outside", "rtb-1", []),
		association("a.computed", later, []),
		association("a.main", null, [reference("vpc", "aws_vpc", true, 0)]),
		association("a.public_twice", null, [
			reference("public", "aws_default_route_table", false, 0),
			reference("public", "aws_route_table", false, 0),
		]),
		association("a.data", "rtb-2", [object.union(
			reference("public", "aws_route_table", true, 0),
			{"mode": "data"},
		)]),
	],
}}

test_associations if {
	routing.association_leads == {
		"a.public": [],
		"a.later": ["terraform_data.gateway.output"],
		"a.both": ["local.it"],
		"a.outside": ["rtb-1 outside the plan"],
		"a.computed": ["terraform_data.gateway.output"],
		"a.main": [],
		"a.public_twice": [],
		"a.data": ["rtb-2 outside the plan"],
	} with input as network
}

public(associations) := doubts if {
	doubts := routing.public(subnet(associations)) with input as network
}

test_subnets_with_an_association if {
	public([referrer("a.public", "subnet_id", true, 0)]) == []
	not public([referrer("a.private", "subnet_id", true, 1)])
	public([referrer("a.both", "subnet_id", true, 3)]) == ["local.it"]
}

with_vpc(vpc, more) := object.union(network, {"resources": object.union({"aws_vpc": [vpc]}, more)})

plain := {"address": "vpc"}

without_association(vpc, more) := doubts if {
	doubts := routing.public(subnet([])) with input as with_vpc(vpc, more)
}

test_subnets_without_one_have_the_main_route_table if {
	public([]) == []
	not without_association(plain, {})
}

adopted := {"address": "vpc", "referrers": {"aws_default_route_table": [
	referrer("d", "default_route_table_id", true, 0),
]}}

test_the_main_route_table_may_be_adopted if {
	without_association(adopted, {"aws_default_route_table": [table("d", [igw], [])]}) == []
	not without_association(adopted, {"aws_default_route_table": [table("d", [nat], [])]})
}

replaced(certain) := {"address": "vpc", "referrers": {
	"aws_main_route_table_association": [referrer("m", "vpc_id", certain, 0)],
	"aws_route": [referrer("r.igw", "route_table_id", true, 0)],
}}

main(name) := {"aws_main_route_table_association": [
	association("m", null, [reference(name, "aws_route_table", true, 0)]),
]}

test_the_main_route_table_may_be_another if {
	without_association(replaced(true), main("public")) == []
	not without_association(replaced(true), main("private"))
	without_association(replaced(false), main("private")) == ["local.it"]
}

outside(vpc) := {"address": "s", "values": {"vpc_id": vpc}}

test_the_vpc_may_be_outside_the_plan if {
	routing.public(outside("vpc-1")) == ["the main route table of vpc-1 outside the plan"] with input as network
	computed := outside(later)
	routing.public(computed) == ["terraform_data.gateway.output"] with input as network
}

maybe(address) := subnet([referrer(address, "subnet_id", false, 0)])

test_associations_that_may_be_the_subnets if {
	public([referrer("a.private", "subnet_id", false, 1)]) == ["local.it"]
	routing.public(maybe("a.public")) == ["local.it"] with input as with_vpc(plain, {})
	not routing.public(maybe("a.private")) with input as with_vpc(plain, {})
}

unresolved := {"unresolved": {"aws_route_table_association": {"subnet_id": ["local.subnets"]}}}

test_associations_whose_subnet_is_not_told if {
	routing.public(subnet([])) == ["local.subnets"] with input as object.union(with_vpc(plain, {}), unresolved)
}
