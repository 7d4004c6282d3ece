# METADATA
# title: Cache lets in whoever reaches it
# description: |
#   Encryption in transit hides what is said, not who says it: without a token or users, everyone who can reach the
#   port may read and write all sessions, and a security group that is opened once too far is enough. Give the group
#   users with rights of their own (user_group_ids), or at least a token. Neither works without encryption in transit,
#   so that groups without it are not examined here.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_elasticache_replication_group]
#   remediation: Set user_group_ids, or auth_token.
#   example: |
#     resource "aws_elasticache_replication_group" "sessions" {
#       replication_group_id       = "shop-sessions"
#       description                = "Sessions of the shop"
#       transit_encryption_enabled = true
#       user_group_ids             = [aws_elasticache_user_group.shop.user_group_id]
#       # ...
#     }
#   reports: [online-education 0, online-education 13]
#   controls: {nist_800_53: [AC-3, IA-2], soc2: [CC6.1]}
package aws.elasticache.auth_token

import data.lib.tf

# Groups that encrypt, or may encrypt, in transit, with the doubts about it.
encrypted := [{"group": group, "doubts": doubts} |
	some group in input.resources.aws_elasticache_replication_group
	doubts := on(tf.get(group, "transit_encryption_enabled", false))
]

on(found) := [] if tf.is_true(found)

else := tf.cause(found) if tf.is_known(found) == false

examined contains entry.group.address if some entry in encrypted

# Those that have certainly neither a token nor users, or may have neither.
open := [{"group": entry.group, "doubts": doubts} |
	some entry in encrypted
	doubts := array.concat(entry.doubts, array.concat(no_token(entry.group), no_users(entry.group)))
]

# Doubts whether it has no token. What comes from a secret, or is drawn by chance, is one.
no_token(group) := [] if tf.get(group, "auth_token", null) == null

else := tf.cause(tf.get(group, "auth_token", null)) if {
	tf.is_unknown(tf.get(group, "auth_token", null))
	makers := data.aws.elasticache.auth_token.makers
	count([reference | some reference in tf.references(group, "auth_token"); makers[reference.type]]) == 0
}

# Doubts whether it has no users.
no_users(group) := [] if tf.get(group, "user_group_ids", []) == []

else := tf.cause(tf.get(group, "user_group_ids", [])) if {
	tf.is_unknown(tf.get(group, "user_group_ids", []))
	count(tf.targets(group, "user_group_ids", "aws_elasticache_user_group")) == 0
}

deny contains tf.finding_with(entry.group, message, details) if {
	some entry in open
	entry.doubts == []
	message := "it has neither users nor a token, so whoever reaches it may read and write all"
	details := {"attribute": "user_group_ids", "expected": expected}
}

unknown contains tf.finding_with(entry.group, message, details) if {
	some entry in open
	count(entry.doubts) > 0
	message := "whether it encrypts in transit without users or a token is known after apply"
	details := {"attribute": "user_group_ids", "expected": expected, "cause": entry.doubts}
}

expected := "user_group_ids or auth_token"
