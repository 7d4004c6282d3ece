# METADATA
# title: Security group lets the whole internet in
# description: |
#   Every address on the internet can reach the port, and it will be found: scanners try each one within hours. A
#   service that is not meant for the public needs one of its own callers' ranges, a security group or a VPN in front
#   of it; a public one belongs behind a load balancer that listens on 80 and 443, which `public_ports` leaves open.
#   Ranges that together make up the internet, such as 0.0.0.0/1 with 128.0.0.0/1, count as the internet.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#   remediation: Replace 0.0.0.0/0 and ::/0 by the security groups or ranges that have to reach the port.
#   example: |
#     resource "aws_vpc_security_group_ingress_rule" "app" {
#       security_group_id            = aws_security_group.app.id
#       description                  = "From the load balancer"
#       referenced_security_group_id = aws_security_group.load_balancer.id
#       ip_protocol                  = "tcp"
#       from_port                    = 8080
#       to_port                      = 8080
#     }
#   reports: [online-education 2, tapstack 3]
#   controls: {nist_800_53: [AC-4, SC-7, SC-7(5)], pci_dss: ["1.3.1"], soc2: [CC6.6]}
#   params:
#     public_ports:
#       type: list
#       default: [80, 443]
#       description: TCP and UDP ports that the whole internet may reach.
package aws.security_group.open_ingress

import data.lib.cidr
import data.lib.security_group as sg
import data.lib.tf

public_ports := {port | some port in input.params["aws.security_group.open_ingress"].public_ports}

examined contains address if some address in sg.examined("ingress")

# Rules that the internet gets in by, past the public ports, with the doubts about it.
holes := [{"rule": rule, "doubts": doubts} |
	some rule in sg.ingress
	doubts := array.concat(sg.open(rule), sg.exceeds(rule, public_ports))
]

deny contains tf.finding_with(hole.rule.resource, message, details) if {
	some hole in holes
	hole.doubts == []
	open := cidr.internet(hole.rule.ranges)
	message := sprintf("it lets %s in from %s, the whole internet", [sg.traffic(hole.rule), concat(" and ", open)])
	details := {
		"key": sg.key(hole.rule, open),
		"attribute": hole.rule.attribute,
		"found": hole.rule.ranges,
		"expected": expected,
	}
}

unknown contains tf.finding_with(hole.rule.resource, message, details) if {
	some hole in holes
	count(hole.doubts) > 0
	message := sprintf("whether it lets %s in from the whole internet is known after apply", [sg.traffic(hole.rule)])
	details := {
		"key": sg.key(hole.rule, []),
		"attribute": hole.rule.attribute,
		"expected": expected,
		"cause": hole.doubts,
	}
}

expected := "sources narrower than the internet" if count(public_ports) == 0

else := sprintf("sources narrower than the internet, or ports %v", [sort(public_ports)])
