package lib.kms_test

import data.lib.kms

topic(key, types) := {
	"address": "topic",
	"values": {"key": key},
	"references": {"key": [{"type": type, "certain": false} | some type in types]},
}

unknown := {"unknown": true, "from": ["var.a"]}

test_no_key if {
	every unset in [null, "", {"unknown": true, "unset": true}] {
		kms.no_key(topic(unset, []), "key") == []
	}
}

test_a_key if {
	not kms.no_key(topic("alias/app", []), "key")
	not kms.no_key(topic({"sensitive": true}, []), "key")
}

test_a_key_that_is_yet_to_be_created if {
	every type in [
		"aws_kms_key", "aws_kms_alias", "aws_kms_replica_key", "aws_kms_external_key",
		"aws_kms_replica_external_key",
	] {
		not kms.no_key(topic(unknown, [type]), "key")
	}
}

test_it_may_be_none if {
	kms.no_key(topic(unknown, []), "key") == ["var.a"]
	kms.no_key(topic(unknown, ["aws_ssm_parameter"]), "key") == ["var.a"]
	kms.no_key({"address": "t", "values": {"key": unknown}}, "key") == ["var.a"]
}

test_documents if {
	input_of := {"resources": {"aws_kms_key_policy": [{"address": "policy", "values": {"policy": "separate"}}]}}
	referrers := {"aws_kms_key_policy": [{"address": "policy", "argument": "key_id", "certain": true, "position": 0}]}
	own := {"address": "k", "values": {"policy": "own"}, "referrers": referrers}
	kms.documents(own) == ["separate"] with input as input_of
	kms.documents({"address": "k", "values": {}, "referrers": referrers}) == ["separate"] with input as input_of
	kms.documents({"address": "k", "values": {"policy": "own"}}) == ["own"]
	kms.documents({"address": "k", "values": {"policy": ""}}) == []
}
