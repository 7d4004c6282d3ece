# METADATA
# title: VPC's default security group lets traffic through
# description: |
#   Every VPC has a security group that what names no other gets: it lets its members talk to each other on every port,
#   and out to the whole internet. Whoever forgets a security group should get nothing instead. AWS lets nobody delete
#   the group, but an aws_default_security_group without rules adopts it and removes those that it came with.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_vpc, aws_default_vpc, aws_default_security_group]
#   remediation: Adopt the VPC's default group in an aws_default_security_group without ingress and egress.
#   example: |
#     resource "aws_default_security_group" "main" {
#       vpc_id = aws_vpc.main.id
#     }
#   reports: [online-education 2, batch-financial 3]
#   controls: {cis_aws: ["5.4"], nist_800_53: [AC-4, SC-7, SC-7(5)], pci_dss: ["1.3.1", "1.3.2"], soc2: [CC6.6]}
package aws.security_group.default_deny

import data.lib.tf

vpcs := array.concat(
	object.get(input.resources, "aws_vpc", []),
	object.get(input.resources, "aws_default_vpc", []),
)

# Groups are judged with their VPC where the plan has it.
strays := [group |
	some group in input.resources.aws_default_security_group
	vpc := array.concat(tf.targets(group, "vpc_id", "aws_vpc"), tf.targets(group, "vpc_id", "aws_default_vpc"))
	vpc == []
]

examined contains resource.address if some resource in array.concat(vpcs, strays)

# VPCs whose default group nobody adopts, with the doubts about it.
unadopted := [{"vpc": vpc, "doubts": doubts} |
	some vpc in vpcs
	doubts := tf.lacks(vpc, "aws_default_security_group", "vpc_id")
]

expected := "an aws_default_security_group without rules"

deny contains tf.finding_with(found.vpc, message, details) if {
	some found in unadopted
	found.doubts == []
	message := "its default security group is not adopted, so its members may talk to each other and to the internet"
	details := {"expected": expected}
}

unknown contains tf.finding_with(found.vpc, message, details) if {
	some found in unadopted
	count(found.doubts) > 0
	message := "whether its default security group is adopted is known after apply"
	details := {"expected": expected, "cause": found.doubts}
}

# Default groups, at the VPC where the plan has it, with what gives them rules, and with the doubts about it.
kept := array.concat(
	[{"at": vpc, "by": named_by(vpc), "doubts": []} | some vpc in vpcs],
	array.concat(
		[kept_by(vpc, group) |
			some vpc in vpcs
			some group in tf.attached(vpc, "aws_default_security_group", "vpc_id")
		],
		[kept_by(group, group) | some group in strays],
	),
)

kept_by(at, group) := {
	"at": at,
	"by": array.concat([argument | some argument, block in blocks; count(tf.known(block)) > 0], named_by(group)),
	"doubts": [cause | some block in blocks; some cause in tf.causes(block)],
} if {
	blocks := {"ingress": tf.blocks(group, "ingress"), "egress": tf.blocks(group, "egress")}
}

# named_by(resource): rules of their own that name it for its group.
named_by(resource) := [rule.address |
	some type in [
		"aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
		"aws_vpc_security_group_egress_rule",
	]
	some rule in tf.attached(resource, type, "security_group_id")
]

deny contains tf.finding_with(group.at, message, details) if {
	some group in kept
	count(group.by) > 0
	message := sprintf("its default security group has rules, by %s", [concat(" and ", group.by)])
	details := {"key": "rules", "found": group.by, "expected": "no rules"}
}

unknown contains tf.finding_with(group.at, message, details) if {
	some group in kept
	count(group.doubts) > 0
	message := "whether its default security group has rules is known after apply"
	details := {"key": "rules", "expected": "no rules", "cause": group.doubts}
}
