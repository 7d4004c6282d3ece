# METADATA
# title: Gateway endpoint serves no route table
# description: |
#   A gateway endpoint for S3 or DynamoDB works by a route in each subnet's route table. Without one it is there and
#   does nothing: traffic keeps going out through the NAT gateway and over the internet, is paid for by the gigabyte,
#   and stops altogether where the subnet has no way out. Name the route tables of the subnets that use the service,
#   in route_table_ids or by an aws_vpc_endpoint_route_table_association each. Interface endpoints need none.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: [aws_vpc_endpoint]
#   remediation: Name the private subnets' route tables in route_table_ids.
#   example: |
#     resource "aws_vpc_endpoint" "s3" {
#       vpc_id            = aws_vpc.main.id
#       service_name      = "com.amazonaws.us-east-1.s3"
#       vpc_endpoint_type = "Gateway"
#       route_table_ids   = [aws_route_table.private.id]
#     }
#   reports: [batch-financial 2, batch-financial 9]
#   controls: {nist_800_53: [SC-7, SC-7(4)], soc2: [CC6.6]}
package aws.vpc_endpoint.route_tables

import data.lib.tf

# Gateway endpoints, with the doubts whether they are.
gateways := [{"endpoint": endpoint, "doubts": doubts} |
	some endpoint in input.resources.aws_vpc_endpoint
	doubts := gateway(tf.get(endpoint, "vpc_endpoint_type", "Gateway"))
]

gateway("Gateway") := []

gateway(type) := tf.cause(type) if tf.is_unknown(type)

examined contains entry.endpoint.address if some entry in gateways

# Gateway endpoints that certainly, or perhaps, serve no route table.
idle := [{"endpoint": entry.endpoint, "doubts": doubts} |
	some entry in gateways
	unattached := tf.lacks(entry.endpoint, "aws_vpc_endpoint_route_table_association", "vpc_endpoint_id")
	unnamed := names_none(entry.endpoint, own_tables(entry.endpoint))
	doubts := array.concat(entry.doubts, array.concat(unattached, unnamed))
]

own_tables(endpoint) := [] if {
	tf.is_set_apart(endpoint, "route_table_ids", "aws_vpc_endpoint_route_table_association", "vpc_endpoint_id")
}

else := tf.get(endpoint, "route_table_ids", [])

names_none(_, tables) := [] if tables == []

# A list that is made of resources of the plan is not empty, whichever of them it is.
names_none(endpoint, tables) := tf.cause(tables) if {
	tf.is_known(tables) == false
	count([table | some table in tf.candidates(endpoint, "route_table_ids"); table.mode == "managed"]) == 0
}

deny contains tf.finding_with(entry.endpoint, message, details) if {
	some entry in idle
	entry.doubts == []
	message := "it has no route table, so no traffic goes through it"
	details := {"attribute": "route_table_ids", "found": [], "expected": "the private subnets' route tables"}
}

unknown contains tf.finding_with(entry.endpoint, message, details) if {
	some entry in idle
	count(entry.doubts) > 0
	message := "whether it has a route table is known after apply"
	details := {"attribute": "route_table_ids", "expected": "the private subnets' route tables", "cause": entry.doubts}
}
