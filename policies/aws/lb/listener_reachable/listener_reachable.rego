# METADATA
# title: Nothing may reach a listener's port
# description: |
#   The load balancer listens on a port that none of its security groups lets in: whoever connects waits until the
#   connection times out. It is easily missed for the listener on port 80 that only redirects to HTTPS. A rule for
#   any source counts. Load balancers whose security groups are all from outside the plan, or which have none of
#   their own, are left out.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_lb_listener, aws_alb_listener]
#   remediation: Let the listener's port in by one of the load balancer's security groups, or remove the listener.
#   example: |
#     resource "aws_vpc_security_group_ingress_rule" "http" {
#       security_group_id = aws_security_group.load_balancer.id
#       description       = "HTTP, to be redirected"
#       cidr_ipv4         = "0.0.0.0/0"
#       ip_protocol       = "tcp"
#       from_port         = 80
#       to_port           = 80
#     }
#   reports: [online-education 6]
package aws.lb.listener_reachable

import data.lib.lb
import data.lib.security_group as sg
import data.lib.tf

examined contains door.listener.address if some door in doors

# Listeners with the security groups before them that are in the plan.
doors := [{"listener": listener, "balancer": balancer, "groups": groups} |
	some listener in lb.listeners
	some balancer in lb.of_listener(listener)
	groups := groups_of(balancer)
	count(groups) > 0
	tf.get(listener, "port", null) != null
]

groups_of(balancer) := [group |
	some type in group_types
	some group in tf.targets(balancer, "security_groups", type)
	group.mode == "managed"
]

group_types := ["aws_security_group", "aws_default_security_group"]

# Those that no rule of these groups certainly lets in, with the doubts about it.
shut := [{"listener": door.listener, "groups": door.groups, "doubts": doubts} |
	some door in doors
	ways := [way | some group in door.groups; some way in ways_in(group, door.listener)]
	count([way | some way in ways; way == []]) == 0
	doubts := array.concat(
		array.concat([text | some way in ways; some text in way], more_groups(door.balancer, door.groups)),
		[text | some group in door.groups; some text in more_rules(group)],
	)
]

# ways_in(group, listener): of each rule that may let the listener's port in, the doubts about it.
ways_in(group, listener) := [way |
	some rule in rules(group)
	some protocol in protocols(tf.get(listener, "protocol", "HTTP"))
	way := passes(rule, protocol, tf.get(listener, "port", null))
]

protocols("UDP") := ["udp"]

protocols("TCP_UDP") := ["tcp", "udp"]

protocols(found) := ["tcp"] if not found in {"UDP", "TCP_UDP"}

passes(rule, protocol, port) := sg.passes(rule, protocol, port) if is_number(port)

else := tf.cause(port) if count(tf.cause(port)) > 0

rules(group) := array.concat(
	[rule |
		some block in tf.blocks(group, "ingress")
		rule := sg.rule_of(group, "ingress", block, "protocol", ["cidr_blocks", "ipv6_cidr_blocks"])
	],
	[separate_rules[resource.address] |
		some type in rule_types
		some resource in tf.attached(group, type, "security_group_id")
	],
)

rule_types := ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule"]

separate_rules := {rule.resource.address: rule | some rule in sg.ingress; rule.is_inline == false}

# Why there may be more rules of the group than the plan shows.
more_rules(group) := [text |
	some type in rule_types
	some text in tf.may_be_attached(group, type, "security_group_id")
]

# Why there may be more groups before the load balancer, of which the plan shows no rules.
more_groups(balancer, groups) := array.concat(
	tf.may_refer(balancer, "security_groups"),
	array.concat(
		[sprintf("the rules of %s", [reference.address]) |
			some reference in tf.references(balancer, "security_groups")
			not is_of_plan(reference)
		],
		[sprintf("the rules of %s", [id]) |
			ids := {group.values.id | some group in groups}
			some id in tf.known(tf.get(balancer, "security_groups", []))
			not ids[id]
		],
	),
)

is_of_plan(reference) if {
	reference.mode == "managed"
	reference.type in {type | some type in group_types}
}

deny contains tf.finding_with(found.listener, message, details) if {
	some found in shut
	found.doubts == []
	port := tf.get(found.listener, "port", null)
	message := sprintf("%s lets port %d in, so nobody reaches the listener", [named(found.groups), port])
	details := {"attribute": "port", "found": port, "expected": "an ingress rule for the port"}
}

named(groups) := sprintf("no rule of %s", [concat(" or ", [group.address | some group in groups])])

unknown contains tf.finding_with(found.listener, message, details) if {
	some found in shut
	count(found.doubts) > 0
	message := "whether a security group lets its port in is known after apply"
	details := {"attribute": "port", "expected": "an ingress rule for the port", "cause": found.doubts}
}
