# METADATA
# title: Database is not protected from deletion
# description: |
#   A renamed resource, a wrong workspace or a click in the console deletes the database, and its automated backups
#   with it. Deletion protection makes AWS refuse, until somebody switches it off.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster, aws_rds_global_cluster]
#   remediation: Set deletion_protection to true.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine              = "postgres"
#       instance_class      = "db.t4g.medium"
#       deletion_protection = true
#       # ...
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [SC-5(2)], soc2: [A1.2]}
package aws.rds.deletion_protection

import data.lib.rds
import data.lib.tf

databases := array.concat(rds.databases, object.get(input.resources, "aws_rds_global_cluster", []))

protected(database) := tf.get(database, "deletion_protection", false)

deny contains tf.finding_with(database, "deletion protection is off, so one mistake deletes it", details) if {
	some database in databases
	tf.is_false(protected(database))
	details := {"attribute": "deletion_protection", "found": false, "expected": true}
}

unknown contains tf.finding_with(database, "whether it is protected from deletion is known after apply", details) if {
	some database in databases
	causes := tf.cause(protected(database))
	count(causes) > 0
	details := {"attribute": "deletion_protection", "expected": true, "cause": causes}
}
