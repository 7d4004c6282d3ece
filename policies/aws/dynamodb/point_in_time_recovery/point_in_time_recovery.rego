# METADATA
# title: Table cannot be restored to a point in time
# description: |
#   One wrong batch write or delete, and what it overwrote is gone: DynamoDB keeps no earlier state of a table unless
#   point-in-time recovery is on. With it, the table can be restored to any second of the last 35 days. It is off until
#   you switch it on, for each replica too.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_dynamodb_table, aws_dynamodb_table_replica]
#   remediation: Add a point_in_time_recovery block with enabled set to true.
#   example: |
#     resource "aws_dynamodb_table" "orders" {
#       # ...
#       point_in_time_recovery {
#         enabled = true
#       }
#     }
#   reports: [batch-financial 22, tapstack]
#   controls: {nist_800_53: [CP-9, CP-10], soc2: [A1.2]}
package aws.dynamodb.point_in_time_recovery

import data.lib.dynamodb
import data.lib.tf

enabled(table) := tf.get(table.values, "point_in_time_recovery", false) if table.copy

else := tf.get(table.values, ["point_in_time_recovery", 0, "enabled"], false)

attribute(table) := concat("", [table.attribute, "point_in_time_recovery"]) if table.copy

else := "point_in_time_recovery.enabled"

deny contains tf.finding_with(table.resource, message, details) if {
	some table in dynamodb.tables
	tf.is_false(enabled(table))
	message := sprintf("point-in-time recovery is off, so %s keeps no earlier state", [dynamodb.what(table)])
	details := {"key": table.key, "attribute": attribute(table), "found": false, "expected": true}
}

unknown contains tf.finding_with(table.resource, message, details) if {
	some table in dynamodb.tables
	causes := tf.cause(enabled(table))
	count(causes) > 0
	message := sprintf("whether %s has point-in-time recovery is known after apply", [dynamodb.what(table)])
	details := {"key": table.key, "attribute": attribute(table), "expected": true, "cause": causes}
}
