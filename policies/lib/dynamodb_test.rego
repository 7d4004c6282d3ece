package lib.dynamodb_test

import data.lib.dynamodb

unknown := {"unknown": true, "from": ["var.a"]}

model := {"resources": {
	"aws_dynamodb_table": [{"address": "t", "values": {"replica": [{"region_name": "eu-west-1"}]}}],
	"aws_dynamodb_table_replica": [{"address": "r", "values": {"kms_key_arn": null}}],
}}

test_tables_and_their_replicas if {
	[[table.resource.address, table.key, table.attribute, table.copy] | some table in dynamodb.tables] == [
		["t", null, "", false],
		["t", "replica eu-west-1", "replica.", true],
		["r", null, "", true],
	] with input as model
	[table.values | some table in dynamodb.tables] == [
		{"replica": [{"region_name": "eu-west-1"}]},
		{"region_name": "eu-west-1"},
		{"kms_key_arn": null},
	] with input as model
	[dynamodb.what(table) | some table in dynamodb.tables] == ["it", "its replica eu-west-1", "it"] with input as model
}

test_none if dynamodb.tables == [] with input as {"resources": {}}

test_replicas_that_are_not_known if {
	table := {"address": "t", "values": {"replica": unknown}}
	[[found.key, found.values] | some found in dynamodb.tables] == [
		[null, {"replica": unknown}],
		["replica elsewhere", unknown],
	] with input as {"resources": {"aws_dynamodb_table": [table]}}
}
