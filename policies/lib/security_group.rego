# Security group rules, in one form whatever they are written as: an inline block, an aws_security_group_rule or an
# aws_vpc_security_group_{ingress,egress}_rule.
#
#     {resource, direction, protocol: "tcp", from: 22, to: 22, ranges: ["0.0.0.0/0"], range_causes: [],
#      is_inline: true, attribute: "ingress"}
#
# protocol, from and to may be unknown; ranges are the known ones, and range_causes say why there may be more.
package lib.security_group

import data.lib.cidr
import data.lib.tf

# The rules that let traffic in, and those that let it out.
ingress := rules("ingress", "aws_vpc_security_group_ingress_rule")

egress := rules("egress", "aws_vpc_security_group_egress_rule")

rules(direction, type) := array.concat(
	inline(direction),
	array.concat(classic(direction), separate(direction, type)),
)

# examined("ingress"): the addresses of groups and of rules of that direction.
examined("ingress") := addresses(ingress)

examined("egress") := addresses(egress)

addresses(direction_rules) := {resource.address |
	some resource in array.concat(groups, [rule.resource | some rule in direction_rules])
}

groups := array.concat(
	object.get(input.resources, "aws_security_group", []),
	object.get(input.resources, "aws_default_security_group", []),
)

inline(direction) := [rule |
	some group in groups
	some block in tf.blocks(group, direction)
	rule := object.union(
		rule_of(group, direction, block, "protocol", ["cidr_blocks", "ipv6_cidr_blocks"]),
		{"is_inline": true, "attribute": direction},
	)
]

classic(direction) := [rule |
	some resource in object.get(input.resources, "aws_security_group_rule", [])
	type := tf.get(resource, "type", direction)
	is_or_may_be(type, direction)
	rule := in_doubt(
		rule_of(resource, direction, resource.values, "protocol", ["cidr_blocks", "ipv6_cidr_blocks"]),
		tf.cause(type),
	)
]

is_or_may_be(found, wanted) if found == wanted

is_or_may_be(found, _) if tf.is_known(found) == false

# A rule whose direction is not known may be open in either.
in_doubt(rule, []) := rule

in_doubt(rule, causes) := object.union(rule, {
	"ranges": [],
	"range_causes": array.concat(causes, rule.range_causes),
}) if {
	count(causes) > 0
}

separate(direction, type) := [rule |
	some resource in object.get(input.resources, type, [])
	rule := rule_of(resource, direction, resource.values, "ip_protocol", ["cidr_ipv4", "cidr_ipv6"])
]

rule_of(resource, direction, block, protocol, range_arguments) := {
	"resource": resource,
	"direction": direction,
	"is_inline": false,
	"attribute": concat(", ", {entry.argument | some entry in entries}),
	"protocol": protocol_name(tf.get(block, protocol, "all")),
	"from": tf.get(block, "from_port", 0),
	"to": tf.get(block, "to_port", 65535),
	"ranges": [entry.range | some entry in entries; is_string(entry.range)],
	"range_causes": [text | some entry in entries; some text in tf.cause(entry.range)],
} if {
	entries := [{"argument": argument, "range": range} |
		some argument in range_arguments
		some range in tf.elements(tf.get(block, argument, []))
	]
}

# protocol_name("-1") -> "all", protocol_name(6) -> "tcp", protocol_name("TCP") -> "tcp"
protocol_name(found) := object.get(names, lower(found), lower(found)) if is_string(found)

else := protocol_name_of_number(found) if is_number(found)

else := found

protocol_name_of_number(found) := object.get(names, text, text) if text := format_int(found, 10)

names := {"-1": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}

# open(rule): doubts whether its ranges make up the internet.
open(rule) := [] if count(cidr.internet(rule.ranges)) > 0

else := rule.range_causes if count(rule.range_causes) > 0

# passes(rule, "tcp", 22): doubts whether the rule lets that protocol pass to that port.
passes(rule, protocol, port) := [text |
	some found in [rule.protocol, rule.from, rule.to]
	some text in tf.cause(found)
] if {
	is_or_may_be(rule.protocol, protocol)
	may_be_within(rule, port)
}

else := array.concat(tf.cause(rule.protocol), [reversed(rule)]) if {
	is_or_may_be(rule.protocol, protocol)
	is_reversed(rule)
	rule.to <= port
	rule.from >= port
}

else := [] if rule.protocol == "all"

may_be_within(rule, port) if {
	starts_by(rule.from, port)
	ends_from(rule.to, port)
}

starts_by(from, port) if {
	is_number(from)
	from <= port
}

starts_by(from, _) if tf.is_known(from) == false

ends_from(to, port) if {
	is_number(to)
	to >= port
}

ends_from(to, _) if tf.is_known(to) == false

# exceeds(rule, {80, 443}): doubts whether the rule lets traffic pass to a port that is not among these.
#
# ICMP has no ports; AWS lets a protocol other than TCP, UDP and ICMP pass on every port.
exceeds(rule, ports) := tf.cause(rule.protocol) if tf.is_known(rule.protocol) == false

else := [] if kind(rule.protocol) == "any port"

else := [reversed(rule)] if {
	kind(rule.protocol) == "ports"
	is_reversed(rule)
}

else := [] if {
	kind(rule.protocol) == "ports"
	is_past(rule, ports)
}

else := causes if {
	kind(rule.protocol) == "ports"
	causes := array.concat(tf.cause(rule.from), tf.cause(rule.to))
	count(causes) > 0
}

is_past(_, ports) if count(ports) == 0

is_past(rule, ports) if {
	some port in [rule.from, rule.to]
	is_number(port)
	not ports[port]
}

is_past(rule, ports) if {
	is_number(rule.from)
	is_number(rule.to)
	count([port | some port in ports; port >= rule.from; port <= rule.to]) < (rule.to - rule.from) + 1
}

# A range that ends before it begins: apply fails, and what will be written in its place is not known.
is_reversed(rule) if {
	is_number(rule.from)
	is_number(rule.to)
	rule.from > rule.to
}

reversed(rule) := sprintf("from_port %d is above to_port %d, and AWS refuses that", [rule.from, rule.to])

kind(protocol) := object.get(kinds, protocol, "any port")

kinds := {"tcp": "ports", "udp": "ports", "icmp": "types", "icmpv6": "types"}

# traffic(rule) -> "TCP ports 0 to 1024", "all traffic"
traffic(rule) := "traffic" if tf.is_known(rule.protocol) == false

else := "all traffic" if rule.protocol == "all"

else := upper(rule.protocol) if kind(rule.protocol) == "types"

else := sprintf("protocol %s", [rule.protocol]) if kind(rule.protocol) == "any port"

else := sprintf("all %s ports", [upper(rule.protocol)]) if [rule.from, rule.to] == [0, 65535]

else := sprintf("%s port %d", [upper(rule.protocol), rule.from]) if {
	is_number(rule.from)
	rule.from == rule.to
}

else := sprintf("%s ports %d to %d", [upper(rule.protocol), rule.from, rule.to]) if {
	is_number(rule.from)
	is_number(rule.to)
}

else := sprintf("%s traffic", [upper(rule.protocol)])

# key(rule, ["0.0.0.0/0"]) -> "ingress TCP port 22 0.0.0.0/0"
#
# Tells an inline rule from its resource's others without counting them; null for a rule with an address of its own.
key(rule, ranges) := null if rule.is_inline == false

else := concat(" ", array.concat([rule.direction, traffic(rule)], ranges))
