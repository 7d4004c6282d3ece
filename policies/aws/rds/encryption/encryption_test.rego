package aws.rds.encryption_test

import data.aws.rds.encryption as policy

unknown(source) := {"unknown": true, "from": [source]}

unset := {"unknown": true, "unset": true}

types := ["aws_db_instance", "aws_rds_cluster", "aws_rds_global_cluster"]

plan(type, values) := {"resources": {type: [{"address": "d", "values": values}]}}

passes(model) if {
	policy.examined == {"d"} with input as model
	policy.deny == set() with input as model
	policy.unknown == set() with input as model
}

fails(model) if {
	policy.examined == {"d"} with input as model
	count(policy.deny) == 1 with input as model
	policy.unknown == set() with input as model
}

doubted(model, cause) if {
	policy.examined == {"d"} with input as model
	policy.deny == set() with input as model
	[finding.cause | some finding in policy.unknown] == [cause] with input as model
}

is_not_examined(model) if {
	policy.examined == set() with input as model
	policy.deny == set() with input as model
	policy.unknown == set() with input as model
}

test_what_it_says_itself if {
	every type in types {
		passes(plan(type, {"storage_encrypted": true}))
		passes(plan(type, {"storage_encrypted": "true", "replicate_source_db": "main"}))
		fails(plan(type, {"storage_encrypted": false}))
		fails(plan(type, {"storage_encrypted": "false", "kms_key_id": "k", "snapshot_identifier": "s"}))
		doubted(plan(type, {"storage_encrypted": unknown("var.a")}), "var.a")
	}
}

test_the_default if {
	every type in types {
		fails(plan(type, {}))
		fails(plan(type, {"storage_encrypted": unset, "kms_key_id": "k"}))
		{finding.message | some finding in policy.deny} == {sprintf("it does not say so, and then %s", [
			"its storage, backups and snapshots are not encrypted",
		])} with input as plan(type, {})
	}
	fails(plan("aws_rds_cluster", {"engine_mode": "provisioned"}))
	passes(plan("aws_rds_cluster", {"engine_mode": "serverless"}))
	doubted(plan("aws_rds_cluster", {"engine_mode": unknown("var.mode")}), "var.mode")
}

test_copies_of_databases_outside_the_plan if {
	doubted(plan("aws_db_instance", {"replicate_source_db": "main"}), "replicate_source_db outside the plan")
	doubted(plan("aws_db_instance", {"snapshot_identifier": "main"}), "snapshot_identifier outside the plan")
	passes(plan("aws_db_instance", {"replicate_source_db": "main", "kms_key_id": "k"}))
	passes(plan("aws_rds_cluster", {"snapshot_identifier": "main", "kms_key_id": unknown("aws_kms_key.a.arn")}))
}

follower(values) := {"resources": {"aws_db_instance": [{
	"address": "d",
	"values": values,
	"references": {"replicate_source_db": [{
		"address": "m", "type": "aws_db_instance", "mode": "managed", "certain": true, "position": 1,
	}]},
}]}}

test_copies_of_databases_in_the_plan if {
	is_not_examined(follower({"replicate_source_db": unknown("aws_db_instance.m.arn")}))
	passes(follower({"replicate_source_db": unknown("aws_db_instance.m.arn"), "kms_key_id": "k"}))
	fails(follower({"replicate_source_db": unknown("aws_db_instance.m.arn"), "storage_encrypted": false}))
	is_not_examined(plan("aws_rds_global_cluster", {"source_db_cluster_identifier": unknown("aws_rds_cluster.m.arn")}))
}
