package aws.s3.access_logging_test

import data.aws.s3.access_logging as policy

unknown := {"unknown": true, "from": ["var.a"]}

referrer(argument, certain) := {
	"address": "logging", "argument": argument, "attribute": "id",
	"certain": certain, "cause": "local.bucket", "position": 0,
}

model(values, referrers) := {"unresolved": {}, "resources": {
	"aws_s3_bucket": [{"address": "x", "values": values, "referrers": referrers}],
	"aws_s3_bucket_logging": [{"address": "logging", "values": {}}],
}}

of(argument, certain) := model({}, {"aws_s3_bucket_logging": [referrer(argument, certain)]})

test_no_logging if {
	policy.deny == {{
		"address": "x",
		"message": "nothing in the plan logs access to it",
		"found": "no aws_s3_bucket_logging",
		"expected": "server access logs in a log bucket",
	}} with input as model({}, {})
	count(policy.deny) == 1 with input as model({"logging": {"unknown": true, "unset": true}}, {})
}

test_logging if {
	policy.deny == set() with input as of("bucket", true)
	policy.deny == set() with input as model({"logging": [{"target_bucket": "logs"}]}, {})
	policy.examined == {"x"} with input as of("bucket", true)
}

test_what_others_deliver_to_is_not_examined if {
	policy.examined == set() with input as of("target_bucket", true)
	policy.deny == set() with input as of("target_bucket", true)
	by_block := {
		"address": "x", "argument": "logging.target_bucket", "attribute": "id", "certain": true, "position": 0,
	}
	policy.examined == set() with input as model({}, {"aws_s3_bucket": [by_block]})
}

test_unknown if {
	every maybe in [of("bucket", false), of("target_bucket", false)] {
		policy.deny == set() with input as maybe
		{finding.cause | some finding in policy.unknown} == {"local.bucket"} with input as maybe
	}
	later := model({"logging": unknown}, {})
	policy.deny == set() with input as later
	{finding.cause | some finding in policy.unknown} == {"var.a"} with input as later
	elsewhere := object.union(model({}, {}), {"unresolved": {"aws_s3_bucket_logging": {"bucket": ["local.name"]}}})
	{finding.cause | some finding in policy.unknown} == {"local.name"} with input as elsewhere
}
