# METADATA
# title: VPC has no private subnet
# description: |
#   In a subnet whose route table leads to an internet gateway, all that gets a public address is on the internet, and
#   only a security group stands between. Databases and application servers belong into private subnets, which reach
#   out through a NAT gateway or VPC endpoints; only load balancers have to be public. A subnet without an association
#   of its own has the VPC's main route table. VPCs without subnets are left out.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_vpc]
#   remediation: Add subnets whose route table has no route to an internet gateway, and move what is not public there.
#   example: |
#     resource "aws_subnet" "private" {
#       vpc_id     = aws_vpc.main.id
#       cidr_block = "10.0.16.0/20"
#     }
#     resource "aws_route_table" "private" {
#       vpc_id = aws_vpc.main.id
#     }
#     resource "aws_route_table_association" "private" {
#       subnet_id      = aws_subnet.private.id
#       route_table_id = aws_route_table.private.id
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [AC-4, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.6]}
package aws.vpc.public_private_subnets

import data.lib.routing
import data.lib.tf

# VPCs with subnets, and of each subnet why it may be public; a private one has no entry.
populated := [{"vpc": vpc, "subnets": subnets, "public": public} |
	some vpc in input.resources.aws_vpc
	subnets := tf.attached(vpc, "aws_subnet", "vpc_id")
	count(subnets) > 0
	public := [doubts | some subnet in subnets; doubts := routing.public(subnet)]
]

examined contains entry.vpc.address if some entry in populated

# Those of which no subnet is private for certain, with the doubts whether there is one.
exposed := [{"vpc": entry.vpc, "subnets": [subnet.address | some subnet in entry.subnets], "doubts": doubts} |
	some entry in populated
	count(entry.public) == count(entry.subnets)
	doubts := array.concat(
		[cause | some causes in entry.public; some cause in causes],
		tf.may_be_attached(entry.vpc, "aws_subnet", "vpc_id"),
	)
]

deny contains tf.finding_with(found.vpc, message, details) if {
	some found in exposed
	found.doubts == []
	message := "each of its subnets has a route to an internet gateway, so nothing in it is private"
	details := {"found": found.subnets, "expected": "a subnet without a route to an internet gateway"}
}

unknown contains tf.finding_with(found.vpc, "whether it has a private subnet cannot be told yet", details) if {
	some found in exposed
	count(found.doubts) > 0
	details := {"expected": "a subnet without a route to an internet gateway", "cause": found.doubts}
}
