# METADATA
# title: Database runs in one availability zone
# description: |
#   When the zone or the machine fails, so does the database, and with it all that depends on it; patching the engine
#   takes it down as well. With multi_az a standby in another zone takes over within a minute or two. A read replica is
#   a further copy, and is not judged. Aurora instances have no multi_az: there, give the cluster a second instance.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_db_instance]
#   remediation: Set multi_az to true.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine         = "postgres"
#       instance_class = "db.t4g.medium"
#       multi_az       = true
#       # ...
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [CP-10, SI-13(5)], soc2: [A1.2]}
package aws.rds.multi_az

import data.lib.rds
import data.lib.tf

judged := [instance | some instance in rds.instances; not rds.is_copy(instance)]

examined contains instance.address if some instance in judged

deny contains tf.finding_with(instance, "it runs in one availability zone, without a standby in another", details) if {
	some instance in judged
	tf.is_false(tf.get(instance, "multi_az", false))
	details := {"attribute": "multi_az", "found": false, "expected": true}
}

unknown contains tf.finding_with(instance, "whether it has a standby is known after apply", details) if {
	some instance in judged
	causes := tf.cause(tf.get(instance, "multi_az", false))
	count(causes) > 0
	details := {"attribute": "multi_az", "expected": true, "cause": causes}
}
