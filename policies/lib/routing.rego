# Subnets and their route tables: which lead to an internet gateway. Doubts are those of lib.tf.
package lib.routing

import data.lib.tf

# public(subnet): doubts whether its route table leads to an internet gateway. Without an association it has the VPC's
# main route table.
public(subnet) := either([association_leads[association.address] |
	some association in tf.attached(subnet, "aws_route_table_association", "subnet_id")
]) if {
	not lacks_association(subnet)
}

public(subnet) := main(subnet) if lacks_association(subnet) == []

public(subnet) := doubts if {
	count(lacks_association(subnet)) > 0
	doubts := array.concat(may_lead(subnet), [cause | _ = main(subnet); some cause in lacks_association(subnet)])
	count(doubts) > 0
}

lacks_association(subnet) := tf.lacks(subnet, "aws_route_table_association", "subnet_id")

# Why an association that may be the subnet's may make it public.
may_lead(subnet) := array.concat(
	[text |
		some referrer in tf.referrers(subnet, "aws_route_table_association", "subnet_id")
		association_leads[referrer.address]
		text := object.get(referrer, "cause", referrer.address)
	],
	object.get(input, ["unresolved", "aws_route_table_association", "subnet_id"], []),
)

# Doubts whether the main route table of the subnet's VPC leads to an internet gateway.
main(subnet) := vpc_leads[tf.targets(subnet, "vpc_id", "aws_vpc")[0].address]

main(subnet) := causes_or(tf.get(subnet, "vpc_id", null), "the main route table of %s outside the plan") if {
	count(tf.targets(subnet, "vpc_id", "aws_vpc")) == 0
}

# By address: the doubts whether an association, a VPC's main route table, the one that came with the VPC, and a route
# table lead to an internet gateway.
association_leads[address] := doubts if {
	some association in input.resources.aws_route_table_association
	address := association.address
	doubts := led_by(association)
}

vpc_leads[address] := doubts if {
	some vpc in input.resources.aws_vpc
	address := vpc.address
	tf.lacks(vpc, "aws_main_route_table_association", "vpc_id") == []
	doubts := first_leads[address]
}

vpc_leads[address] := doubts if {
	some vpc in input.resources.aws_vpc
	address := vpc.address
	doubts := either(array.concat(
		[led_by(association) | some association in tf.attached(vpc, "aws_main_route_table_association", "vpc_id")],
		[[cause] | some cause in tf.may_be_attached(vpc, "aws_main_route_table_association", "vpc_id")],
	))
}

first_leads[address] := doubts if {
	some vpc in input.resources.aws_vpc
	address := vpc.address
	adopted := [table_leads[table.address] |
		some table in tf.attached(vpc, "aws_default_route_table", "default_route_table_id")
	]
	doubts := either(array.concat(adopted, route_leads(vpc)))
}

table_leads[address] := doubts if {
	some type in ["aws_route_table", "aws_default_route_table"]
	some table in input.resources[type]
	address := table.address
	inline := [leads | some route in tf.blocks(table, "route"); leads := gateway(tf.get(route, "gateway_id", null))]
	doubts := either(array.concat(inline, route_leads(table)))
}

# The doubts of each route of a resource of its own that is the table's, or may be.
route_leads(table) := array.concat(
	[leads |
		some route in tf.attached(table, "aws_route", "route_table_id")
		leads := gateway(tf.get(route, "gateway_id", null))
	],
	array.concat(
		[[text] |
			some referrer in tf.referrers(table, "aws_route", "route_table_id")
			referrer.certain == false
			internet_routes[referrer.address]
			text := object.get(referrer, "cause", referrer.address)
		],
		[[text] |
			count(internet_routes) > 0
			some text in object.get(input, ["unresolved", "aws_route", "route_table_id"], [])
		],
	),
)

internet_routes := {route.address |
	some route in input.resources.aws_route
	_ = gateway(tf.get(route, "gateway_id", null))
}

# Doubts whether the table that an association names leads to an internet gateway. Where it may name several, only
# what all of them do is certain.
led_by(association) := causes_or(tf.get(association, "route_table_id", null), "%s outside the plan") if {
	count(tables(association)) == 0
}

led_by(association) := [] if {
	count(tables(association)) > 0
	every table in tables(association) {
		table.leads == []
	}
}

else := causes if {
	causes := [cause |
		some table in tables(association)
		is_array(table.leads)
		some cause in array.concat(table.leads, table.causes)
	]
	count(causes) > 0
}

tables(association) := [{"leads": object.get(leads, reference.address, null), "causes": causes} |
	some reference in tf.candidates(association, "route_table_id")
	leads := {
		"aws_route_table": table_leads, "aws_default_route_table": table_leads,
		"aws_vpc": first_leads,
	}[reference.type]
	reference.mode == "managed"
	causes := [object.get(reference, "cause", reference.address) | reference.certain == false]
]

# gateway("igw-0a1b"): doubts whether it is an internet gateway
gateway(id) := [] if {
	is_string(id)
	startswith(id, "igw-")
}

gateway(id) := [] if comes_from(id, ".aws_internet_gateway.")

else := tf.cause(id) if {
	tf.is_unknown(id)
	not comes_from(id, ".aws_")
}

comes_from(id, type) if {
	tf.is_unknown(id)
	some source in id.from
	contains(concat("", [".", source]), type)
}

# What leads there, if any of several does.
either(leads) := [] if {
	some doubts in leads
	doubts == []
}

else := causes if {
	causes := [cause | some doubts in leads; some cause in doubts]
	count(causes) > 0
}

causes_or(found, text) := tf.cause(found) if tf.is_known(found) == false

else := [sprintf(text, [found])]
