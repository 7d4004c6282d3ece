# DynamoDB tables in each of their regions: the table, the replicas in its blocks, and those of their own resource.
package lib.dynamodb

import data.lib.tf

# tables -> [{"resource": table, "key": null, "values": {...}, "attribute": "", "copy": false}, ...]
#
# `copy` is a replica, whose settings are arguments (kms_key_arn), not blocks; `key` tells it from its table, and
# `attribute` comes before the name of the argument.
tables := array.concat(
	array.concat(
		[{"resource": table, "key": null, "values": table.values, "attribute": "", "copy": false} |
			some table in input.resources.aws_dynamodb_table
		],
		[{
			"resource": table, "key": sprintf("replica %s", [region(replica)]),
			"values": replica, "attribute": "replica.", "copy": true,
		} |
			some table in input.resources.aws_dynamodb_table
			some replica in tf.blocks(table, "replica")
		],
	),
	[{"resource": replica, "key": null, "values": replica.values, "attribute": "", "copy": true} |
		some replica in input.resources.aws_dynamodb_table_replica
	],
)

# what(table) -> "it", "its replica eu-west-1": how a message names it
what(table) := "it" if table.key == null

else := sprintf("its %s", [table.key])

region(replica) := name if {
	name := tf.get(replica, "region_name", null)
	is_string(name)
}

else := "elsewhere"
