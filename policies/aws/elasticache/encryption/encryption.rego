# METADATA
# title: Cache is not encrypted
# description: |
#   A cache holds sessions, tokens and copies of what the database holds. Without encryption at rest they lie open in
#   its snapshots and on its disks; without encryption in transit whoever listens on the network reads them, and the
#   cache can have neither users nor a token. Redis has neither unless you say so; Valkey is encrypted at rest unless
#   you say otherwise. Encryption at rest can only be chosen when the group is created.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_elasticache_replication_group]
#   remediation: Set at_rest_encryption_enabled and transit_encryption_enabled to true.
#   example: |
#     resource "aws_elasticache_replication_group" "sessions" {
#       replication_group_id       = "shop-sessions"
#       description                = "Sessions of the shop"
#       at_rest_encryption_enabled = true
#       transit_encryption_enabled = true
#       # ...
#     }
#   reports: [online-education 0]
#   controls: {nist_800_53: [SC-8, SC-28], pci_dss: ["3.5.1", "4.2.1"], soc2: [CC6.1, CC6.7]}
package aws.elasticache.encryption

import data.lib.tf

# Both settings of each group.
settings := [{"group": group, "where": where, "argument": argument, "value": value} |
	some group in input.resources.aws_elasticache_replication_group
	some where, argument in {"at rest": "at_rest_encryption_enabled", "in transit": "transit_encryption_enabled"}
	value := tf.get(group, argument, initial(where, tf.get(group, "engine", "redis")))
]

# What it is where the configuration leaves it out.
initial("in transit", _) := false

initial("at rest", engine) := engine == "valkey" if tf.is_known(engine)

else := engine

deny contains tf.finding_with(setting.group, message, details) if {
	some setting in settings
	tf.is_false(setting.value)
	message := sprintf("it is not encrypted %s", [setting.where])
	details := {"key": setting.where, "attribute": setting.argument, "found": false, "expected": true}
}

unknown contains tf.finding_with(setting.group, message, details) if {
	some setting in settings
	causes := tf.cause(setting.value)
	count(causes) > 0
	message := sprintf("whether it is encrypted %s is known after apply", [setting.where])
	details := {"key": setting.where, "attribute": setting.argument, "expected": true, "cause": causes}
}
