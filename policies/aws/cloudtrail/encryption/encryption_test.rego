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
	every key in ["arn:aws:kms:us-east-1:123456789012:key/a", {"unknown": true, "from": ["aws_kms_key.a.arn"]}] {
		count(policy.deny) == 0 with input as with_key(key)
		count(policy.unknown) == 0 with input as with_key(key)
	}
}

test_is_unknown if {
	key := {"unknown": true, "from": ["terraform_data.key.output"]}
	count(policy.deny) == 0 with input as with_key(key)
	[finding.cause | some finding in policy.unknown] == ["terraform_data.key.output"] with input as with_key(key)
}

test_no_trail if policy.deny == set() with input as {"resources": {}}
