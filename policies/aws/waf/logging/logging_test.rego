package aws.waf.logging_test

import data.aws.waf.logging as policy

unknown := {"unknown": true, "from": ["var.a"]}

classic(type, blocks) := {"resources": {type: [{"address": "a", "values": {"logging_configuration": blocks}}]}}

types := ["aws_waf_web_acl", "aws_wafregional_web_acl"]

test_classic_passes if {
	every type in types {
		policy.deny == set() with input as classic(type, [{"log_destination": unknown}])
		policy.unknown == set() with input as classic(type, [{"log_destination": unknown}])
	}
}

test_classic_fails if {
	every type in types {
		count(policy.deny) == 1 with input as classic(type, [])
		policy.unknown == set() with input as classic(type, null)
	}
}

test_classic_is_unknown if {
	every type in types {
		policy.deny == set() with input as classic(type, unknown)
		[finding.cause | some finding in policy.unknown] == ["var.a"] with input as classic(type, unknown)
	}
}

acl(certain) := {
	"resources": {
		"aws_wafv2_web_acl": [{"address": "a", "values": {}, "referrers": {type: [{
			"address": "l", "argument": "resource_arn", "attribute": "arn",
			"certain": certain, "cause": "local.acl", "position": 0,
		}]}}],
		"aws_wafv2_web_acl_logging_configuration": [{"address": "l"}],
	},
	"unresolved": {},
}

type := "aws_wafv2_web_acl_logging_configuration"

test_todays if {
	policy.deny == set() with input as acl(true)
	policy.unknown == set() with input as acl(true)
	policy.deny == set() with input as acl(false)
	[finding.cause | some finding in policy.unknown] == ["local.acl"] with input as acl(false)
}

test_no_acl if policy.deny == set() with input as {"resources": {}}
