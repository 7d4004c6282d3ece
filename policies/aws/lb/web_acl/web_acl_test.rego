package aws.lb.web_acl_test

import data.aws.lb.web_acl

unknown := {"unknown": true, "from": ["var.a"]}

balancer(values) := {"address": "x", "type": "aws_lb", "values": values}

planned(values) := {"resources": {"aws_lb": [balancer(values)]}}

associated(type, members) := {"resources": {
	"aws_lb": [object.union(balancer({}), {"referrers": {type: [object.union(
		{"address": "w", "argument": "resource_arn", "attribute": "arn", "certain": true, "position": 0},
		members,
	)]}})],
	type: [{"address": "w", "values": {}}],
}}

test_not_examined if {
	every values in [
		{"internal": true},
		{"internal": "true"},
		{"load_balancer_type": "network"},
		{"load_balancer_type": "gateway"},
	] {
		web_acl.examined == set() with input as planned(values)
		web_acl.deny == set() with input as planned(values)
		web_acl.unknown == set() with input as planned(values)
	}
}

test_public if {
	every values in [{}, {"internal": "false"}, {"internal": null}, {"internal": {"unknown": true, "unset": true}}] {
		web_acl.examined == {"x"} with input as planned(values)
		found := web_acl.deny with input as planned(values)
		{finding.expected | some finding in found} == {"an aws_wafv2_web_acl_association"}
		count(web_acl.deny) == 1 with input as planned(values)
		web_acl.unknown == set() with input as planned(values)
	}
}

test_unknown if {
	every values in [{"internal": unknown}, {"load_balancer_type": unknown}] {
		web_acl.deny == set() with input as planned(values)
		found := web_acl.unknown with input as planned(values)
		{finding.cause | some finding in found} == {"var.a"}
	}
}

test_associations if {
	every type in ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"] {
		web_acl.deny == set() with input as associated(type, {})
		web_acl.unknown == set() with input as associated(type, {})
		doubtful := associated(type, {"certain": false, "cause": "local.a"})
		web_acl.deny == set() with input as doubtful
		found := web_acl.unknown with input as doubtful
		{finding.cause | some finding in found} == {"local.a"}
	}
}
