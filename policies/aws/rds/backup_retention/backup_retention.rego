# METADATA
# title: Database keeps too few days of backups
# description: |
#   Damage is often found days after it was done: a bad migration on a Friday, a slow deletion of customers. RDS can
#   restore to any second, but only as far back as it keeps backups, which is one day unless you say otherwise; with
#   0 it makes none at all. A read replica is a further copy, whose source is judged in its place.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster]
#   remediation: Set backup_retention_period to at least 7 days.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine                  = "postgres"
#       instance_class          = "db.t4g.medium"
#       backup_retention_period = 14
#       # ...
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [CP-9], soc2: [A1.2]}
#   params:
#     min_days: {type: integer, default: 7, description: The least number of days that backups are kept.}
package aws.rds.backup_retention

import data.lib.rds
import data.lib.tf

min_days := input.params["aws.rds.backup_retention"].min_days

judged := [database | some database in rds.databases; not rds.is_copy(database)]

days(database) := tf.get(database, "backup_retention_period", 1)

examined contains database.address if some database in judged

deny contains tf.finding_with(database, message(found), details) if {
	some database in judged
	found := days(database)
	is_number(found)
	found < min_days
	details := {"attribute": "backup_retention_period", "found": found, "expected": expected}
}

unknown contains tf.finding_with(database, "how many days it keeps backups is known after apply", details) if {
	some database in judged
	causes := tf.cause(days(database))
	count(causes) > 0
	details := {"attribute": "backup_retention_period", "expected": expected, "cause": causes}
}

message(0) := "it makes no automated backups"

message(found) := sprintf("it keeps backups for %v days, less than %v", [found, min_days]) if found > 1

message(1) := sprintf("it keeps backups for 1 day, less than %v", [min_days])

expected := sprintf("at least %v", [min_days])
