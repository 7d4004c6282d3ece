package aws.cloudtrail.encryption_test

import data.aws.cloudtrail.encryption as policy

with_key(key) := {"resources": {"aws_cloudtrail": [{"address": "aws_cloudtrail.a", "values": {"kms_key_id": key}}]}}

test_fails if {
	every key in [null, "", {"unknown": true, "unset": true}] {
		count(policy.deny) == 1 with input as with_key(key)
		count(policy.unknown) == 0 with input as with_key(key)
	}
}

test_passes if {
	arn := "arn:aws:kms:us-east-1:123456789012:key/a"
	policy.deny == set() with input as with_key(arn)
	policy.unknown == set() with input as with_key(arn)
}

test_is_unknown if {
	key := {"unknown": true, "from": ["terraform_data.key.output"]}
	count(policy.deny) == 0 with input as with_key(key)
	[finding.cause | some finding in policy.unknown] == ["terraform_data.key.output"] with input as with_key(key)
}

test_no_trail if policy.deny == set() with input as {"resources": {}}
