package aws.kms.policy_test

import data.aws.kms.policy

later := {"unknown": true, "from": ["terraform_data.a.output"]}

statement(members) := object.union(
	object.remove(
		{
			"Sid": "", "Effect": "Allow", "Action": ["kms:*"], "NotAction": [], "Resource": ["*"], "NotResource": [],
			"Principal": {"*": ["*"]}, "NotPrincipal": {}, "Condition": {},
		},
		object.keys(members),
	),
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

model(type, found) := {"resources": {type: [{"address": "x", "values": {"policy": found}}]}}

denied(type, found) := keys if {
	keys := [finding.key | some finding in policy.deny] with input as model(type, found)
}

unsure(type, found) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as model(type, found)
}

types := [
	"aws_kms_key", "aws_kms_key_policy", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key",
]

test_open if {
	every type in types {
		denied(type, document([statement({"Principal": {"AWS": ["*"]}})])) == ["0"]
		unsure(type, document([statement({})])) == []
	}
}

test_each_open_statement if {
	denied("aws_kms_key", document([
		statement({"Sid": "A"}),
		statement({"Sid": "B", "Condition": {"StringEquals": {"kms:CallerAccount": ["123456789012"]}}}),
		statement({"Sid": "C", "Condition": {"StringEquals": {"kms:ViaService": ["sns.us-east-1.amazonaws.com"]}}}),
		statement({"Sid": "D", "Effect": "Deny"}),
		statement({"Sid": "E", "Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}}),
	])) == ["A", "C"]
}

test_default if {
	every found in [null, "", {"unknown": true, "unset": true}] {
		denied("aws_kms_key", found) == []
		unsure("aws_kms_key", found) == []
	}
}

test_unknown if {
	every found in [later, document([later]), document([statement({"Principal": later})])] {
		denied("aws_kms_key", found) == []
		unsure("aws_kms_key", found) == ["terraform_data.a.output"]
	}
}

test_invalid if {
	unsure("aws_kms_key", {"invalid": "no JSON"}) == ["the document is not valid: no JSON"]
}

test_an_attached_policy_takes_the_place_of_the_keys_own if {
	key := {
		"address": "key",
		"values": {"policy": document([statement({})])},
		"referrers": {"aws_kms_key_policy": [{"address": "x", "argument": "key_id", "certain": true, "position": 0}]},
	}
	closed := model("aws_kms_key_policy", document([statement({"Effect": "Deny"})]))
	count(policy.deny) == 0 with input as object.union(closed, {"resources": {"aws_kms_key": [key]}})
	open := model("aws_kms_key_policy", document([statement({})]))
	both := object.union(open, {"resources": {"aws_kms_key": [key]}})
	found := {finding.address | some finding in policy.deny} with input as both
	found == {"x"}
}

test_what_fails_is_not_unknown_too if {
	policy.unknown == set() with input as model("aws_kms_key", document([statement({})]))
}
