package aws.sns.encryption_test

import data.aws.sns.encryption

topic(key) := {"address": "aws_sns_topic.a", "values": {"kms_master_key_id": key}}

denied(key) := found if {
	found := encryption.deny with input as {"resources": {"aws_sns_topic": [topic(key)]}}
}

unknown(key) := found if {
	found := encryption.unknown with input as {"resources": {"aws_sns_topic": [topic(key)]}}
}

test_no_key if {
	every key in [null, "", {"unknown": true, "unset": true}] {
		denied(key) == {{
			"address": "aws_sns_topic.a",
			"message": "it has no KMS key, so no key guards the messages that it keeps",
			"attribute": "kms_master_key_id",
			"expected": "a KMS key",
		}}
		count(unknown(key)) == 0
	}
}

test_key if {
	every key in ["alias/app", {"sensitive": true}] {
		count(denied(key)) == 0
		count(unknown(key)) == 0
	}
}

test_key_from_elsewhere if {
	key := {"unknown": true, "from": ["aws_ssm_parameter.key.value"]}
	count(denied(key)) == 0
	[finding.cause | some finding in unknown(key)] == ["aws_ssm_parameter.key.value"]
}

test_no_topics if {
	count(encryption.deny) == 0 with input as {"resources": {}}
}
