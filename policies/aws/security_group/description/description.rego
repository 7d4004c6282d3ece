# METADATA
# title: Security group or rule is not described
# description: |
#   Whoever has to decide years later whether a group or a rule may go has nothing but its description: what it is for,
#   and who asked for it. Rules that nobody can explain are kept for ever. AWS shows descriptions wherever it shows
#   rules; that of a group cannot be changed without replacing the group, so write it at once. Terraform's own,
#   "Managed by Terraform", explains nothing. Default groups, whose description AWS writes, are left out.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines:
#     - aws_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#     - aws_vpc_security_group_egress_rule
#   remediation: Write into description what the group, and each of its rules, is for.
#   example: |
#     resource "aws_security_group" "database" {
#       description = "Orders database"
#       ingress {
#         description     = "The shop"
#         protocol        = "tcp"
#         from_port       = 5432
#         to_port         = 5432
#         security_groups = [aws_security_group.shop.id]
#       }
#     }
package aws.security_group.description

import data.lib.security_group as sg
import data.lib.tf

none := "Managed by Terraform"

# What has a description: groups and rules with addresses of their own, and the rules within groups.
described := array.concat(
	[{
		"resource": resource,
		"key": null,
		"attribute": "description",
		"what": "it",
		"text": tf.get(resource, "description", none),
	} |
		some type in [
			"aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
			"aws_vpc_security_group_egress_rule",
		]
		some resource in input.resources[type]
	],
	[{
		"resource": group,
		"key": sg.key(rule, rule.ranges),
		"attribute": concat(".", [direction, "description"]),
		"what": sprintf("its %s rule for %s", [direction, sg.traffic(rule)]),
		"text": tf.get(block, "description", none),
	} |
		some group in input.resources.aws_security_group
		some direction in ["ingress", "egress"]
		some block in tf.blocks(group, direction)
		rule := inline(group, direction, block)
	],
)

inline(group, direction, block) := object.union(
	sg.rule_of(group, direction, block, "protocol", ["cidr_blocks", "ipv6_cidr_blocks"]),
	{"is_inline": true},
)

deny contains tf.finding_with(found.resource, message, details) if {
	some found in described
	found.text == none
	message := sprintf("%s has no description of its own, so nobody can tell what it is for", [found.what])
	details := {"key": found.key, "attribute": found.attribute, "expected": "what it is for"}
}

unknown contains tf.finding_with(found.resource, message, details) if {
	some found in described
	causes := tf.cause(found.text)
	count(causes) > 0
	message := sprintf("what describes %s is known after apply", [found.what])
	details := {"key": found.key, "attribute": found.attribute, "expected": "what it is for", "cause": causes}
}
