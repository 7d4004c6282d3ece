package aws.s3.encryption_test

import data.aws.s3.encryption as policy

unknown := {"unknown": true, "from": ["var.a"]}

params(require_kms) := {"aws.s3.encryption": {"require_kms": require_kms}}

model(bucket, configurations, require_kms) := {
	"unresolved": {},
	"params": params(require_kms),
	"resources": {
		"aws_s3_bucket": [{
			"address": "x",
			"values": bucket,
			"referrers": {"aws_s3_bucket_server_side_encryption_configuration": [referrer |
				some position, _ in configurations
				referrer := {"address": "encryption", "argument": "bucket", "certain": true, "position": position}
			]},
		}],
		"aws_s3_bucket_server_side_encryption_configuration": configurations,
	},
}

rule(algorithm) := {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm}]}]}

with_algorithm(algorithm) := [{"address": "encryption", "values": rule(algorithm)}]

test_nothing_chosen if {
	policy.deny == {{
		"address": "x",
		"message": "nothing in the plan says how it is encrypted",
		"found": "none",
		"expected": "AES256, aws:kms or aws:kms:dsse",
	}} with input as model({}, [], false)
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as model({}, [], false)

test_a_rule_without_an_algorithm if {
	key_only := [{"address": "encryption", "values": {"rule": [{"bucket_key_enabled": true}]}}]
	count(policy.deny) == 1 with input as model({}, key_only, false)
}

test_any_algorithm_will_do if {
	every algorithm in ["AES256", "aws:kms", "aws:kms:dsse", unknown] {
		policy.deny == set() with input as model({}, with_algorithm(algorithm), false)
		policy.unknown == set() with input as model({}, with_algorithm(algorithm), false)
	}
	old := {"server_side_encryption_configuration": [rule("AES256")]}
	policy.deny == set() with input as model(old, [], false)
}

test_kms_may_be_required if {
	every algorithm in ["aws:kms", "aws:kms:dsse"] {
		policy.deny == set() with input as model({}, with_algorithm(algorithm), true)
	}
	policy.deny == {{
		"address": "x",
		"message": "it is encrypted with AES256, not with a KMS key",
		"found": "AES256",
		"expected": "aws:kms or aws:kms:dsse",
	}} with input as model({}, with_algorithm("AES256"), true)
	{finding.cause | some finding in policy.unknown} == {"var.a"} with input as model({}, with_algorithm(unknown), true)
}

test_unknown if {
	maybe := model({"server_side_encryption_configuration": unknown}, [], true)
	policy.deny == set() with input as maybe
	count(policy.unknown) == 1 with input as maybe
	elsewhere := object.union(
		model({}, [], false),
		{"unresolved": {"aws_s3_bucket_server_side_encryption_configuration": {"bucket": ["local.name"]}}},
	)
	{finding.cause | some finding in policy.unknown} == {"local.name"} with input as elsewhere
}

# A bucket has one configuration: another, whose bucket the plan does not tell, is not its.
test_a_configuration_of_another_bucket if {
	elsewhere := {"unresolved": {"aws_s3_bucket_server_side_encryption_configuration": {"bucket": ["local.b"]}}}
	weak := object.union(model({}, with_algorithm("AES256"), true), elsewhere)
	count(policy.deny) == 1 with input as weak
	policy.unknown == set() with input as weak
	none := object.union(model({}, [], true), elsewhere)
	policy.deny == set() with input as none
	{finding.cause | some finding in policy.unknown} == {"local.b"} with input as none
}

# What the bucket shows of the encryption that the plan deletes.
test_encryption_that_is_deleted if {
	planned := {
		"params": {"aws.s3.encryption": {"require_kms": false}},
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "logs"}},
			"values": {"id": "logs", "server_side_encryption_configuration": [{"rule": [{
				"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}],
			}]}]},
		}]},
		"removed": {"aws_s3_bucket_server_side_encryption_configuration": [{
			"actions": ["delete"], "values": {"bucket": "logs"},
		}]},
	}
	count(policy.deny) == 1 with input as planned
	policy.deny == set() with input as object.remove(planned, ["removed"])
}
