# Databases: instances and clusters, and which of them are copies of another.
package lib.rds

import data.lib.tf

# The DB instances; a cluster's members (aws_rds_cluster_instance) are not among them, their cluster is judged.
instances := object.get(input.resources, "aws_db_instance", [])

clusters := object.get(input.resources, "aws_rds_cluster", [])

databases := array.concat(instances, clusters)

# is_copy(instance): a read replica, which follows its source.
is_copy(database) if tf.get(database, "replicate_source_db", null) != null

is_copy(database) if tf.get(database, "replication_source_identifier", null) != null

# origins(instance) -> ["snapshot_identifier"]: the arguments by which its data comes from another database
origins(database) := [argument |
	some argument in [
		"replicate_source_db", "replication_source_identifier",
		"restore_to_point_in_time", "snapshot_identifier",
	]
	tf.get(database, argument, null) != null
]

# follows(replica) -> [{"address": "aws_db_instance.main", ...}]: the databases in the plan that its data comes from
follows(database) := [reference |
	some argument in [
		"replicate_source_db", "replication_source_identifier",
		"restore_to_point_in_time.source_db_instance_identifier", "restore_to_point_in_time.source_dbi_resource_id",
		"restore_to_point_in_time.source_cluster_identifier", "restore_to_point_in_time.source_cluster_resource_id",
	]
	some reference in tf.references(database, argument)
	reference.mode == "managed"
	reference.type in {"aws_db_instance", "aws_rds_cluster"}
]
