# METADATA
# title: Database storage is not encrypted
# description: |
#   Disks, logs, backups, snapshots and read replicas of an unencrypted database are unencrypted too, and a snapshot
#   that is shared once too often is readable by whoever gets it. Encryption cannot be switched on later: the database
#   has to be restored from an encrypted copy of its snapshot, so decide before there is data. A read replica, and what
#   is restored from a point in time, follow their source, which is judged in their place where it is in the plan.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster, aws_rds_global_cluster]
#   remediation: Set storage_encrypted to true, and kms_key_id to a key of your own.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine            = "postgres"
#       instance_class    = "db.t4g.medium"
#       storage_encrypted = true
#       kms_key_id        = aws_kms_key.database.arn
#       # ...
#     }
#   reports: [tapstack]
#   controls: {cis_aws: ["2.3.1"], nist_800_53: [SC-28, SC-28(1)], soc2: [CC6.1]}
package aws.rds.encryption

import data.lib.rds
import data.lib.tf

databases := array.concat(rds.databases, object.get(input.resources, "aws_rds_global_cluster", []))

encrypted(database) := tf.get(database, "storage_encrypted", null)

key(database) := tf.get(database, "kms_key_id", null)

# What decides whether it is encrypted: what it says itself; a key, which a copy is then encrypted with; another
# database, which is in the plan, or outside it; for a new one, AWS.
decided_by(database) := "itself" if encrypted(database) != null

else := "key" if {
	count(rds.origins(database)) > 0
	key(database) != null
}

else := "another" if is_judged_elsewhere(database)

else := "outside" if count(rds.origins(database)) > 0

else := "default"

is_judged_elsewhere(database) if count(rds.follows(database)) > 0

is_judged_elsewhere(database) if tf.get(database, "source_db_cluster_identifier", null) != null

examined contains database.address if {
	some database in databases
	decided_by(database) != "another"
}

deny contains tf.finding_with(database, "its storage, backups and snapshots are not encrypted", details) if {
	some database in databases
	tf.is_false(encrypted(database))
	details := {"attribute": "storage_encrypted", "found": false, "expected": true}
}

# Serverless clusters of the first version are encrypted unless they say otherwise.
deny contains tf.finding_with(database, message, details) if {
	some database in databases
	decided_by(database) == "default"
	mode := tf.get(database, "engine_mode", "provisioned")
	tf.is_known(mode)
	mode != "serverless"
	message := "it does not say so, and then its storage, backups and snapshots are not encrypted"
	details := {"attribute": "storage_encrypted", "found": false, "expected": true}
}

unknown contains tf.finding_with(database, "whether its storage is encrypted cannot be told yet", details) if {
	some database in databases
	causes := doubts(database, decided_by(database))
	count(causes) > 0
	details := {"attribute": "storage_encrypted", "expected": true, "cause": causes}
}

doubts(database, "itself") := tf.cause(encrypted(database))

doubts(database, "outside") := [sprintf("%s outside the plan", [argument]) | some argument in rds.origins(database)]

doubts(database, "default") := tf.cause(tf.get(database, "engine_mode", null))
