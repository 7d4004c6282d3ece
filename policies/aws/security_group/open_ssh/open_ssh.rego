# METADATA
# title: SSH or RDP is open to the internet
# description: |
#   Port 22 (SSH) and port 3389 (RDP) give a shell, and are what attackers try first: on the open internet, guessing
#   of passwords starts within minutes. Let in the office's or the VPN's range only, or nobody: Session Manager and
#   EC2 Instance Connect endpoints reach an instance without an open port. A range wider than `widest_prefix` (a
#   shorter prefix) counts as open, and so do ranges that together make up the internet.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13
# custom:
#   severity: critical
#   since: 0.1.0
#   examines:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#   remediation: Limit ports 22 and 3389 to the range of your office or VPN, or close them and use Session Manager.
#   example: |
#     resource "aws_vpc_security_group_ingress_rule" "ssh" {
#       security_group_id = aws_security_group.bastion.id
#       description       = "SSH from the office"
#       cidr_ipv4         = "203.0.113.0/24"
#       ip_protocol       = "tcp"
#       from_port         = 22
#       to_port           = 22
#     }
#   reports: [tapstack 3]
#   controls: {cis_aws: ["5.2", "5.3"], nist_800_53: [AC-17, SC-7, SC-7(5)], pci_dss: ["1.3.1"], soc2: [CC6.6]}
#   params:
#     widest_prefix:
#       type: integer
#       default: 8
#       description: The shortest IPv4 prefix that may reach these ports.
#     widest_prefix_ipv6:
#       type: integer
#       default: 32
#       description: The shortest IPv6 prefix that may reach these ports.
package aws.security_group.open_ssh

import data.lib.cidr
import data.lib.security_group as sg
import data.lib.tf

params := input.params["aws.security_group.open_ssh"]

examined contains address if some address in sg.examined("ingress")

# RDP runs over UDP as well.
services := [
	{"protocol": "tcp", "port": 22, "name": "port 22 (SSH)"},
	{"protocol": "tcp", "port": 3389, "name": "port 3389 (RDP)"},
	{"protocol": "udp", "port": 3389, "name": "port 3389 (RDP)"},
]

# Services that a rule opens to too many, with the doubts about it.
holes := [{"rule": rule, "service": service.name, "doubts": doubts} |
	some rule in sg.ingress
	some service in services
	passing := sg.passes(rule, service.protocol, service.port)
	doubts := array.concat(passing, open(rule))
]

open(rule) := [] if count(too_wide(rule)) > 0

else := sg.open(rule)

too_wide(rule) := internet if {
	internet := cidr.internet(rule.ranges)
	count(internet) > 0
}

else := cidr.wider(rule.ranges, params.widest_prefix, params.widest_prefix_ipv6)

deny contains tf.finding_with(hole.rule.resource, message, details) if {
	some hole in holes
	hole.doubts == []
	wide := too_wide(hole.rule)
	message := sprintf("it opens %s to %s", [hole.service, concat(" and ", wide)])
	details := {
		"key": key(hole, wide),
		"attribute": hole.rule.attribute,
		"found": hole.rule.ranges,
		"expected": expected,
	}
}

unknown contains tf.finding_with(hole.rule.resource, message, details) if {
	some hole in holes
	count(hole.doubts) > 0
	message := sprintf("whether it opens %s to the internet is known after apply", [hole.service])
	details := {
		"key": key(hole, []),
		"attribute": hole.rule.attribute,
		"expected": expected,
		"cause": hole.doubts,
	}
}

# One rule may open both services.
key(hole, wide) := hole.service if not hole.rule.is_inline

else := sprintf("%s by %s", [hole.service, sg.key(hole.rule, wide)])

expected := sprintf("ranges no wider than /%d, /%d for IPv6", [params.widest_prefix, params.widest_prefix_ipv6])
