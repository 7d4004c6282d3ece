# METADATA
# title: Table is not protected from deletion
# description: |
#   A renamed resource, a wrong workspace or a click in the console deletes a table with all it holds, and with its
#   continuous backups after another 35 days. Deletion protection makes AWS refuse, until somebody switches it off.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_dynamodb_table, aws_dynamodb_table_replica]
#   remediation: Set deletion_protection_enabled to true.
#   example: |
#     resource "aws_dynamodb_table" "orders" {
#       deletion_protection_enabled = true
#       # ...
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [SC-5(2)], soc2: [A1.2]}
package aws.dynamodb.deletion_protection

import data.lib.tf

tables := array.concat(
	object.get(input.resources, "aws_dynamodb_table", []),
	object.get(input.resources, "aws_dynamodb_table_replica", []),
)

protected(table) := tf.get(table, "deletion_protection_enabled", false)

deny contains tf.finding_with(table, "deletion protection is off, so one mistake deletes all it holds", details) if {
	some table in tables
	tf.is_false(protected(table))
	details := {"attribute": "deletion_protection_enabled", "found": false, "expected": true}
}

unknown contains tf.finding_with(table, "whether it is protected from deletion is known after apply", details) if {
	some table in tables
	causes := tf.cause(protected(table))
	count(causes) > 0
	details := {"attribute": "deletion_protection_enabled", "expected": true, "cause": causes}
}
