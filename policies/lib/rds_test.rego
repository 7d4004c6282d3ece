package lib.rds_test

import data.lib.rds

unset := {"unknown": true, "unset": true}

test_databases if {
	model := {"resources": {"aws_db_instance": [{"address": "i"}], "aws_rds_cluster": [{"address": "c"}]}}
	rds.databases == [{"address": "i"}, {"address": "c"}] with input as model
	rds.databases == [] with input as {"resources": {}}
}

with_values(values) := {"address": "d", "values": values}

test_copies if {
	rds.is_copy(with_values({"replicate_source_db": "main"}))
	rds.is_copy(with_values({"replicate_source_db": {"unknown": true, "from": ["aws_db_instance.main.arn"]}}))
	rds.is_copy(with_values({"replication_source_identifier": "arn:aws:rds:eu-west-1:123456789012:cluster:main"}))
	not rds.is_copy(with_values({"replicate_source_db": null, "replication_source_identifier": ""}))
	not rds.is_copy(with_values({"snapshot_identifier": "before"}))
}

test_origins if {
	every argument in ["replicate_source_db", "replication_source_identifier", "snapshot_identifier"] {
		rds.origins({"address": "d", "values": {argument: "main"}}) == [argument]
	}
	restored := {"address": "d", "values": {"restore_to_point_in_time": [{}], "snapshot_identifier": unset}}
	rds.origins(restored) == ["restore_to_point_in_time"]
	rds.origins({"address": "d", "values": {"restore_to_point_in_time": [], "snapshot_identifier": unset}}) == []
}

refers(argument, type, mode, certain) := {"references": {argument: [{
	"address": "main", "type": type, "mode": mode, "certain": certain,
}]}}

test_follows if {
	every argument in [
		"replicate_source_db", "replication_source_identifier",
		"restore_to_point_in_time.source_db_instance_identifier", "restore_to_point_in_time.source_dbi_resource_id",
		"restore_to_point_in_time.source_cluster_identifier", "restore_to_point_in_time.source_cluster_resource_id",
	] {
		count(rds.follows(refers(argument, "aws_db_instance", "managed", true))) == 1
	}
	count(rds.follows(refers("replication_source_identifier", "aws_rds_cluster", "managed", true))) == 1
	rds.follows(refers("replicate_source_db", "aws_db_instance", "data", true)) == []
	rds.follows(refers("replicate_source_db", "terraform_data", "managed", true)) == []
	rds.follows(refers("replicate_source_db", "aws_db_instance", "managed", false)) == []
	rds.follows(refers("kms_key_id", "aws_db_instance", "managed", true)) == []
}
