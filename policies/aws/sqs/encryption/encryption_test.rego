package aws.sqs.encryption_test

import data.aws.sqs.encryption

input_of(managed, key) := {"resources": {"aws_sqs_queue": [{
	"address": "aws_sqs_queue.a",
	"values": {"sqs_managed_sse_enabled": managed, "kms_master_key_id": key},
}]}}

unset := {"unknown": true, "unset": true}

later := {"unknown": true, "from": ["aws_ssm_parameter.a.value"]}

denied(managed, key) if {
	count(encryption.deny) == 1 with input as input_of(managed, key)
}

unsure(managed, key) := causes if {
	causes := [finding.cause | some finding in encryption.unknown] with input as input_of(managed, key)
}

test_off_and_no_key if {
	every managed in [false, "false"] {
		denied(managed, null)
		denied(managed, unset)
		denied(managed, "")
		unsure(managed, null) == []
	}
}

test_finding if {
	encryption.deny == {{
		"address": "aws_sqs_queue.a",
		"message": "SSE-SQS is off and it has no KMS key, so its messages are unencrypted",
		"attribute": "sqs_managed_sse_enabled",
		"found": false,
		"expected": "SSE-SQS, or a KMS key",
	}} with input as input_of(false, null)
}

test_on if {
	every managed in [true, "true", null, unset] {
		not denied(managed, null)
		unsure(managed, null) == []
	}
}

test_key if {
	not denied(false, "alias/app")
	unsure(false, "alias/app") == []
	unsure(later, "alias/app") == []
}

test_unknown if {
	unsure(later, null) == ["aws_ssm_parameter.a.value"]
	unsure(false, later) == ["aws_ssm_parameter.a.value"]
	unsure(true, later) == []
	not denied(later, null)
	not denied(false, later)
}

test_what_fails_is_not_unknown_too if encryption.unknown == set() with input as input_of(false, null)
