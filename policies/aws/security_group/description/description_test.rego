package aws.security_group.description_test

import data.aws.security_group.description

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

types := [
	"aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
	"aws_vpc_security_group_egress_rule",
]

model(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

verdict(found) := "fail" if {
	count(description.deny) == 1 with input as found
} else := cause if {
	some finding in description.unknown with input as found
	cause := finding.cause
} else := "pass"

test_addresses_of_their_own if {
	every type in types {
		every text in [null, "", unset, "Managed by Terraform"] {
			verdict(model(type, {"description": text})) == "fail"
		}
		verdict(model(type, {})) == "fail"
		verdict(model(type, {"description": "The shop"})) == "pass"
		verdict(model(type, {"description": unknown})) == "var.a"
	}
	description.deny == {{
		"address": "x",
		"message": "it has no description of its own, so nobody can tell what it is for",
		"attribute": "description",
		"expected": "what it is for",
	}} with input as model("aws_security_group", {})
}

inline(direction, rules) := model("aws_security_group", {"description": "The shop", direction: rules})

rule(text) := {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["10.0.0.0/8"], "description": text}

test_rules_within_groups if {
	every direction in ["ingress", "egress"] {
		every text in [null, "", "Managed by Terraform"] {
			verdict(inline(direction, [rule("HTTPS"), rule(text)])) == "fail"
		}
		verdict(inline(direction, [rule("HTTPS")])) == "pass"
		verdict(inline(direction, [])) == "pass"
		verdict(inline(direction, [rule(unknown)])) == "var.a"
		verdict(inline(direction, unknown)) == "var.a"
	}
	description.deny == {{
		"address": "x",
		"key": "ingress TCP port 443 10.0.0.0/8",
		"message": "its ingress rule for TCP port 443 has no description of its own, so nobody can tell what it is for",
		"attribute": "ingress.description",
		"expected": "what it is for",
	}} with input as inline("ingress", [rule("")])
}

test_default_groups_are_left_out if {
	verdict(model("aws_default_security_group", {"ingress": [rule("")]})) == "pass"
}
