# METADATA
# title: Table is not encrypted with a key of your own
# description: |
#   DynamoDB encrypts every table, by default with a key that belongs to AWS: you can neither say who may use it, nor
#   see who did, nor switch it off. A customer managed key has a policy, an audit trail and an off switch, and whoever
#   gets at the table's data by another way cannot read it without the key. A replica has a key in its own region.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_dynamodb_table, aws_dynamodb_table_replica]
#   remediation: Enable server_side_encryption with a kms_key_arn, and give each replica the kms_key_arn of its region.
#   example: |
#     resource "aws_dynamodb_table" "orders" {
#       # ...
#       server_side_encryption {
#         enabled     = true
#         kms_key_arn = aws_kms_key.orders.arn
#       }
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [SC-12, SC-28, SC-28(1)], soc2: [CC6.1]}
package aws.dynamodb.encryption

import data.lib.customer_key
import data.lib.dynamodb
import data.lib.tf

# Tables and replicas without a customer key, with the doubts about it.
gaps := [{"table": table, "doubts": doubts} |
	some table in dynamodb.tables
	doubts := lacks(table)
]

lacks(table) := customer_key.lacks(tf.get(table.values, "kms_key_arn", null)) if table.copy

lacks(table) := of_table(table) if table.copy == false

of_table(table) := [] if tf.is_false(enabled(table))

else := [] if customer_key.names_aws_managed(table.resource, "server_side_encryption.kms_key_arn")

else := doubts if {
	missing := customer_key.lacks(tf.get(table.values, ["server_side_encryption", 0, "kms_key_arn"], null))
	doubts := unless_none(missing, tf.cause(enabled(table)))
}

else := causes if {
	causes := tf.cause(enabled(table))
	count(causes) > 0
}

# Without a key it does not matter whether encryption is enabled.
unless_none([], _) := []

unless_none(missing, causes) := array.concat(causes, missing) if count(missing) > 0

enabled(table) := tf.get(table.values, ["server_side_encryption", 0, "enabled"], false)

attribute(table) := concat("", [table.attribute, "kms_key_arn"]) if table.copy

else := "server_side_encryption.kms_key_arn"

deny contains tf.finding_with(gap.table.resource, message, details) if {
	some gap in gaps
	gap.doubts == []
	message := sprintf("%s is encrypted with a key of AWS's, not with one of your own", [dynamodb.what(gap.table)])
	details := {"key": gap.table.key, "attribute": attribute(gap.table), "expected": "a customer managed KMS key"}
}

unknown contains tf.finding_with(gap.table.resource, message, details) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := sprintf("whether %s is encrypted with a key of your own is known after apply", [dynamodb.what(gap.table)])
	details := {
		"key": gap.table.key,
		"attribute": attribute(gap.table),
		"expected": "a customer managed KMS key",
		"cause": gap.doubts,
	}
}
