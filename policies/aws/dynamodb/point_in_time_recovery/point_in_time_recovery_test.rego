package aws.dynamodb.point_in_time_recovery_test

import data.aws.dynamodb.point_in_time_recovery as policy

unknown := {"unknown": true, "from": ["var.a"]}

plan(type, values) := {"resources": {type: [{"address": "t", "values": values}]}}

table(recovery) := plan("aws_dynamodb_table", {"point_in_time_recovery": recovery})

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
	passes(table([{"enabled": true}]))
	passes(table([{"enabled": "true"}]))
	fails(table([{"enabled": false}]))
	fails(table([{"enabled": "false"}]))
	fails(table([{"enabled": null}]))
	fails(table([]))
	fails(table({"unknown": true, "unset": true}))
	doubted(table([{"enabled": unknown}]), "var.a")
	doubted(table(unknown), "var.a")
}

test_replicas_of_a_resource_of_their_own if {
	type := "aws_dynamodb_table_replica"
	passes(plan(type, {"point_in_time_recovery": true}))
	fails(plan(type, {"point_in_time_recovery": null}))
	doubted(plan(type, {"point_in_time_recovery": unknown}), "var.a")
}

with_replica(replica) := plan("aws_dynamodb_table", {
	"point_in_time_recovery": [{"enabled": true}],
	"replica": [replica],
})

test_replicas_in_blocks if {
	passes(with_replica({"region_name": "eu-west-1", "point_in_time_recovery": true}))
	fails(with_replica({"region_name": "eu-west-1"}))
	doubted(with_replica({"region_name": "eu-west-1", "point_in_time_recovery": unknown}), "var.a")
	[[finding.key, finding.attribute] | some finding in policy.deny] == [[
		"replica eu-west-1",
		"replica.point_in_time_recovery",
	]] with input as with_replica({"region_name": "eu-west-1"})
}

test_no_table if policy.deny == set() with input as {"resources": {}}
