# METADATA
# title: VPC has no flow logs
# description: |
#   Flow logs say who talked to whom, what was let through and what was refused: without them nobody can tell after an
#   incident what was reached and what left, nor why a connection fails today. One flow log covers a whole VPC; one
#   for each of its subnets does so too, until someone adds a subnet.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_vpc]
#   remediation: Add an aws_flow_log for the VPC.
#   example: |
#     resource "aws_flow_log" "main" {
#       vpc_id          = aws_vpc.main.id
#       traffic_type    = "ALL"
#       log_destination = aws_cloudwatch_log_group.flow.arn
#       iam_role_arn    = aws_iam_role.flow.arn
#     }
#   reports: [online-education 0, online-education 18, batch-financial 7]
#   controls: {cis_aws: ["3.7"], nist_800_53: [AU-2, AU-12, SI-4], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.vpc.flow_logs

import data.lib.tf

# VPCs that no flow log covers, with the doubts about it.
dark := [{"vpc": vpc, "doubts": doubts} |
	some vpc in input.resources.aws_vpc
	doubts := array.concat(unlogged(vpc, "vpc_id"), bare(vpc))
]

unlogged(resource, argument) := tf.lacks(resource, "aws_flow_log", argument)

# bare(vpc): doubts whether a part of it has no flow log of its own: it has no subnet, or one that has none.
bare(vpc) := [] if subnets(vpc) == []

else := [] if count([subnet | some subnet in subnets(vpc); unlogged(subnet, "subnet_id") == []]) > 0

else := causes if {
	causes := array.concat(
		[cause | some subnet in subnets(vpc); some cause in unlogged(subnet, "subnet_id")],
		tf.may_be_attached(vpc, "aws_subnet", "vpc_id"),
	)
	count(causes) > 0
}

subnets(vpc) := tf.attached(vpc, "aws_subnet", "vpc_id")

deny contains tf.finding_with(found.vpc, "no flow log tells who talks to whom in it", details) if {
	some found in dark
	found.doubts == []
	details := {"expected": "a flow log for the VPC"}
}

unknown contains tf.finding_with(found.vpc, "whether flow logs cover it cannot be told yet", details) if {
	some found in dark
	count(found.doubts) > 0
	details := {"expected": "a flow log for the VPC", "cause": found.doubts}
}
