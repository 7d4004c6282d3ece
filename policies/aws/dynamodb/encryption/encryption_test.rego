package aws.dynamodb.encryption_test

import data.aws.dynamodb.encryption as policy

unknown := {"unknown": true, "from": ["var.a"]}

key := "arn:aws:kms:us-east-1:123456789012:key/a"

plan(type, values) := {"resources": {type: [{"address": "t", "values": values}]}, "data": {}}

table(encryption) := plan("aws_dynamodb_table", {"server_side_encryption": encryption})

passes(model) if {
	policy.deny == set() with input as model
	policy.unknown == set() with input as model
}

fails(model) if {
	count(policy.deny) == 1 with input as model
	policy.unknown == set() with input as model
}

doubted(model, cause) if {
	policy.deny == set() with input as model
	[finding.cause | some finding in policy.unknown] == [cause] with input as model
}

test_tables if {
	passes(table([{"enabled": "true", "kms_key_arn": key}]))
	passes(table([{"enabled": true, "kms_key_arn": {"unknown": true, "from": ["aws_kms_key.a.arn"]}}]))
	fails(table([]))
	fails(table(null))
	fails(table([{"enabled": true}]))
	fails(table([{"enabled": true, "kms_key_arn": ""}]))
	fails(table([{"enabled": true, "kms_key_arn": "arn:aws:kms:us-east-1:123456789012:alias/aws/dynamodb"}]))
	fails(table([{"enabled": false, "kms_key_arn": key}]))
	fails(table([{"enabled": "false", "kms_key_arn": unknown}]))
	fails(table([{"enabled": unknown}]))
	doubted(table([{"enabled": true, "kms_key_arn": unknown}]), "var.a")
	doubted(table([{"enabled": unknown, "kms_key_arn": key}]), "var.a")
	doubted(table(unknown), "var.a")
	doubted(table([{"enabled": unknown, "kms_key_arn": {"unknown": true, "from": ["var.b"]}}]), "var.a, var.b")
}

test_replicas_of_a_resource_of_their_own if {
	type := "aws_dynamodb_table_replica"
	passes(plan(type, {"kms_key_arn": key}))
	fails(plan(type, {"kms_key_arn": {"unknown": true, "unset": true}}))
	doubted(plan(type, {"kms_key_arn": unknown}), "var.a")
}

with_replica(replica) := plan("aws_dynamodb_table", {
	"server_side_encryption": [{"enabled": true, "kms_key_arn": key}],
	"replica": [replica],
})

test_replicas_in_blocks if {
	passes(with_replica({"region_name": "eu-west-1", "kms_key_arn": key}))
	fails(with_replica({"region_name": "eu-west-1"}))
	doubted(with_replica({"region_name": "eu-west-1", "kms_key_arn": unknown}), "var.a")
	[[finding.key, finding.attribute] | some finding in policy.deny] == [[
		"replica eu-west-1",
		"replica.kms_key_arn",
	]] with input as with_replica({"region_name": "eu-west-1"})
}

test_no_table if policy.deny == set() with input as {"resources": {}}
