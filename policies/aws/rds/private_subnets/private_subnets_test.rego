package aws.rds.private_subnets_test

import data.aws.rds.private_subnets as policy

unknown(source) := {"unknown": true, "from": [source]}

reference(position, certain) := {
	"address": sprintf("aws_subnet.%d", [position]), "type": "aws_subnet", "mode": "managed",
	"certain": certain, "cause": "local.subnets", "position": position,
}

# The subnets 0 and 1 are public, 2 is private, of 3 it is not known.
plan(ids, references) := {"resources": {
	"aws_db_subnet_group": [{
		"address": "g",
		"values": {"subnet_ids": ids},
		"references": {"subnet_ids": references},
	}],
	"aws_subnet": [
		subnet(0, "subnet-0", associated(0)),
		subnet(1, unknown("aws_subnet.1.id"), associated(1)),
		subnet(2, unknown("aws_subnet.2.id"), associated(2)),
		subnet(3, unknown("aws_subnet.3.id"), {}),
	],
	"aws_route_table_association": [
		association(0, "aws_route_table.public"),
		association(1, "aws_route_table.public"),
		association(2, "aws_route_table.private"),
	],
	"aws_route_table": [
		{"address": "aws_route_table.public", "values": {"route": [{"gateway_id": "igw-1"}]}},
		{"address": "aws_route_table.private", "values": {"route": []}},
	],
}}

subnet(position, id, referrers) := {
	"address": sprintf("aws_subnet.%d", [position]),
	"values": {"id": id, "vpc_id": "vpc-1"},
	"referrers": referrers,
}

associated(position) := {"aws_route_table_association": [{
	"address": sprintf("a.%d", [position]), "argument": "subnet_id", "attribute": "id",
	"certain": true, "position": position,
}]}

association(position, table) := {
	"address": sprintf("a.%d", [position]),
	"values": {},
	"references": {"route_table_id": [{
		"address": table, "type": "aws_route_table", "mode": "managed", "certain": true, "position": 0,
	}]},
}

passes(model) if {
	policy.deny == set() with input as model
	policy.unknown == set() with input as model
}

found(model) := addresses if {
	addresses := [finding.found | some finding in policy.deny] with input as model
}

causes(model) := texts if {
	policy.deny == set() with input as model
	texts := [finding.cause | some finding in policy.unknown] with input as model
}

test_public if {
	found(plan([unknown("aws_subnet.1.id")], [reference(1, true)])) == [["aws_subnet.1"]]
	found(plan(unknown("aws_subnet.1.id"), [reference(0, true), reference(1, true), reference(2, true)])) == [
		["aws_subnet.0", "aws_subnet.1"],
	]
}

test_private if {
	passes(plan([unknown("aws_subnet.2.id")], [reference(2, true)]))
	passes(plan(unknown("module.net.aws_subnet.2"), [reference(2, true)]))
	passes(plan([], []))
}

test_a_public_subnet_that_may_be_in_it if {
	causes(plan(unknown("aws_subnet.2.id"), [reference(1, false), reference(2, false)])) == ["local.subnets"]
	passes(plan(unknown("aws_subnet.2.id"), [reference(2, false)]))
	passes(plan(unknown("aws_subnet.2.id"), [object.union(reference(1, false), {"type": "aws_vpc"})]))
}

test_doubts_about_a_subnet if {
	model := plan([unknown("aws_subnet.3.id")], [reference(3, true)])
	causes(model) == ["the main route table of vpc-1 outside the plan"]
}

test_subnets_outside_the_plan if {
	causes(plan(["subnet-9"], [])) == ["subnet-9 outside the plan"]
	causes(plan([unknown("terraform_data.a.output")], [])) == ["terraform_data.a.output"]
	later := {"unknown": true, "from": ["aws_subnet.2.id", "var.more"]}
	causes(plan(later, [reference(2, true)])) == ["var.more"]
	causes(plan([{"unknown": true, "from": []}], [])) == ["a value that apply computes"]
	causes(plan([unknown("aws_subnet.2.id"), "subnet-9"], [reference(2, true)])) == ["subnet-9 outside the plan"]
}

test_a_known_id_of_a_subnet_in_the_plan if {
	model := plan(["subnet-0"], [reference(0, true)])
	found(model) == [["aws_subnet.0"]]
	policy.unknown == set() with input as model
}

test_no_group if policy.deny == set() with input as {"resources": {}}
