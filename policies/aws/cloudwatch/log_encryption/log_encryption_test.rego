package aws.cloudwatch.log_encryption_test

import data.aws.cloudwatch.log_encryption

denied(key) := found if found := log_encryption.deny with input.resources as {"aws_cloudwatch_log_group": [{
	"address": "aws_cloudwatch_log_group.a",
	"values": {"kms_key_id": key},
}]}

test_no_key if {
	every key in [null, "", {"unknown": true, "unset": true}] {
		some finding in denied(key)
		finding.found == "none"
	}
}

test_a_key_or_one_to_be_made if {
	every key in [
		"arn:aws:kms:us-east-1:123456789012:key/a",
		{"unknown": true, "from": ["aws_kms_key.a.arn"]},
		{"sensitive": true},
	] {
		count(denied(key)) == 0
	}
}
