# METADATA
# title: Replication group's id is too long
# description: |
#   ElastiCache now takes ids of up to 40 characters, but the older limit of 20 is still enforced in places, by engine
#   and region: such an id is refused when the plan is applied, halfway through. The id cannot be changed later, other
#   than by replacing the group with all that it holds, and so is best short from the start. Where you know that yours
#   are taken, set `max_length` to 40.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_elasticache_replication_group]
#   remediation: Shorten replication_group_id to at most 20 characters.
#   example: |
#     resource "aws_elasticache_replication_group" "sessions" {
#       replication_group_id = "shop-sessions"
#       description          = "Sessions of the shop"
#       # ...
#     }
#   reports: [online-education 0, online-education 8]
#   params:
#     max_length: {type: integer, default: 20, description: The most characters that an id may have.}
package aws.elasticache.group_id

import data.lib.tf

max_length := input.params["aws.elasticache.group_id"].max_length

deny contains tf.finding_with(group, message, details) if {
	some group in input.resources.aws_elasticache_replication_group
	id := tf.get(group, "replication_group_id", "")
	is_string(id)
	count(id) > max_length
	message := sprintf("its id %s has %d characters, more than %d", [id, count(id), max_length])
	details := {"attribute": "replication_group_id", "found": id, "expected": expected}
}

unknown contains tf.finding_with(group, "how long its id is, is known after apply", details) if {
	some group in input.resources.aws_elasticache_replication_group
	causes := tf.cause(tf.get(group, "replication_group_id", ""))
	count(causes) > 0
	details := {"attribute": "replication_group_id", "expected": expected, "cause": causes}
}

expected := sprintf("at most %d characters", [max_length])
