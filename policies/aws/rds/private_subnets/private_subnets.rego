# METADATA
# title: Database subnet group has a public subnet
# description: |
#   A subnet whose route table leads to an internet gateway is public: a database that lands in it is one checkbox and
#   one security group rule away from the internet, and RDS chooses the subnet, also at a failover. Give databases
#   subnets of their own, with a route table without an internet gateway. A subnet without an association of its own
#   has the VPC's main route table.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_db_subnet_group]
#   remediation: Put only subnets into the group whose route table has no route to an internet gateway.
#   example: |
#     resource "aws_route_table" "database" {
#       vpc_id = aws_vpc.main.id
#     }
#     resource "aws_route_table_association" "database" {
#       count          = 2
#       subnet_id      = aws_subnet.database[count.index].id
#       route_table_id = aws_route_table.database.id
#     }
#     resource "aws_db_subnet_group" "main" {
#       subnet_ids = aws_subnet.database[*].id
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [AC-4, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.6]}
package aws.rds.private_subnets

import data.lib.routing
import data.lib.tf

deny contains tf.finding_with(group, message, details) if {
	some group in input.resources.aws_db_subnet_group
	public := [subnet.address | some subnet in subnets(group); routing.public(subnet) == []]
	count(public) > 0
	message := sprintf("it holds public subnets, which route to an internet gateway: %s", [concat(", ", public)])
	details := {"attribute": "subnet_ids", "found": public, "expected": "subnets without a route to an internet gateway"}
}

unknown contains tf.finding_with(group, message, details) if {
	some group in input.resources.aws_db_subnet_group
	causes := array.concat(
		[cause | some subnet in subnets(group); some cause in routing.public(subnet)],
		array.concat(perhaps(group), outside(group)),
	)
	count(causes) > 0
	message := "whether all of its subnets are private cannot be told from the plan"
	details := {
		"attribute": "subnet_ids",
		"expected": "subnets without a route to an internet gateway",
		"cause": causes,
	}
}

subnets(group) := tf.targets(group, "subnet_ids", "aws_subnet")

# Why a public subnet may be in the group.
perhaps(group) := [text |
	some reference in tf.candidates(group, "subnet_ids")
	reference.certain == false
	reference.type == "aws_subnet"
	is_array(routing.public(input.resources.aws_subnet[reference.position]))
	text := object.get(reference, "cause", reference.address)
]

# Subnets that the plan does not manage.
outside(group) := array.concat(
	[sprintf("%s outside the plan", [id]) |
		known := {subnet.values.id | some subnet in subnets(group)}
		some id in tf.known(tf.get(group, "subnet_ids", []))
		not known[id]
	],
	[cause |
		some cause in tf.causes(tf.get(group, "subnet_ids", []))
		not contains(concat("", [".", cause]), ".aws_subnet.")
	],
)
