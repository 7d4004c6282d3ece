# METADATA
# title: Security group lets traffic out to the whole internet
# description: |
#   A group with unrestricted egress lets whoever gets into a machine behind it fetch their tools and carry your data
#   out, to any address. Terraform removes the rule to everywhere that AWS gives a new group, so this one was written:
#   name the destinations instead, by security group, prefix list or address range. Traffic to S3 and DynamoDB needs
#   no way to the internet where the VPC has gateway endpoints, nor does traffic to most other services where it has
#   interface endpoints. Ports that must stay open to everywhere, such as 443 for a proxy, belong in `allow_ports`.
#   Ranges that together make up the internet, such as 0.0.0.0/1 with 128.0.0.0/1, count as the internet.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_egress_rule
#   remediation: Replace 0.0.0.0/0 and ::/0 by the security groups, prefix lists or ranges that the traffic goes to.
#   example: |
#     resource "aws_vpc_security_group_egress_rule" "database" {
#       security_group_id            = aws_security_group.app.id
#       description                  = "To the database"
#       referenced_security_group_id = aws_security_group.database.id
#       ip_protocol                  = "tcp"
#       from_port                    = 5432
#       to_port                      = 5432
#     }
#   reports: [online-education 0, online-education 2, batch-financial 3]
#   controls: {nist_800_53: [AC-4, SC-7, SC-7(5)], pci_dss: ["1.3.2"], soc2: [CC6.6]}
#   params:
#     allow_ports: {type: list, default: [], description: TCP and UDP ports that may be open to the whole internet.}
package aws.security_group.open_egress

import data.lib.cidr
import data.lib.security_group as sg
import data.lib.tf

allow_ports := {port | some port in input.params["aws.security_group.open_egress"].allow_ports}

examined contains address if some address in sg.examined("egress")

# Rules that lead to the internet past the allowed ports, with the doubts about it.
leaks := [{"rule": rule, "doubts": doubts} |
	some rule in sg.egress
	doubts := array.concat(sg.open(rule), sg.exceeds(rule, allow_ports))
]

deny contains tf.finding_with(leak.rule.resource, message, details) if {
	some leak in leaks
	leak.doubts == []
	open := cidr.internet(leak.rule.ranges)
	message := sprintf("it lets %s out to %s, the whole internet", [sg.traffic(leak.rule), concat(" and ", open)])
	details := {
		"key": sg.key(leak.rule, open),
		"attribute": leak.rule.attribute,
		"found": leak.rule.ranges,
		"expected": expected,
	}
}

unknown contains tf.finding_with(leak.rule.resource, message, details) if {
	some leak in leaks
	count(leak.doubts) > 0
	message := sprintf("whether it lets %s out to the whole internet is known after apply", [sg.traffic(leak.rule)])
	details := {
		"key": sg.key(leak.rule, []),
		"attribute": leak.rule.attribute,
		"expected": expected,
		"cause": leak.doubts,
	}
}

expected := "destinations narrower than the internet" if count(allow_ports) == 0

else := sprintf("destinations narrower than the internet, or ports %v", [sort(allow_ports)])
