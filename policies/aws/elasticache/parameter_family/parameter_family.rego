# METADATA
# title: Cache parameters are for another version of the engine
# description: |
#   Every parameter group is of one family, and a cache takes only groups of its own engine and version: with another
#   the apply fails, halfway through, and the version can then not be raised either. When you raise engine_version,
#   make a group of the new family beside the old. A group that is neither in the plan nor one of AWS's own is not
#   examined, nor is a secondary of a global datastore, whose engine is that of the primary.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_elasticache_replication_group]
#   remediation: Use a parameter group of the family that the engine's version takes.
#   example: |
#     resource "aws_elasticache_parameter_group" "sessions" {
#       name   = "shop-sessions-redis7"
#       family = "redis7"
#     }
#
#     resource "aws_elasticache_replication_group" "sessions" {
#       replication_group_id = "shop-sessions"
#       description          = "Sessions of the shop"
#       engine_version       = "7.1"
#       parameter_group_name = aws_elasticache_parameter_group.sessions.name
#       # ...
#     }
#   reports: [online-education 20]
#   controls: {nist_800_53: [CM-2, CM-6]}
package aws.elasticache.parameter_family

import data.lib.tf

by_version := data.aws.elasticache.parameter_family.families

without_version := data.aws.elasticache.parameter_family.newest

groups := [group |
	some group in input.resources.aws_elasticache_replication_group
	tf.get(group, "global_replication_group_id", null) == null
]

# Groups whose parameters are of a family, which may be unknown.
judged := [{"group": group, "family": found, "engine": engine, "version": version} |
	some group in groups
	found := family(group)
	engine := tf.get(group, "engine", "redis")
	version := tf.get(group, "engine_version", object.get(without_version, text(engine), ""))
]

text(found) := found if is_string(found)

else := ""

family(group) := tf.get(parameters, "family", "") if {
	some parameters in [tf.targets(group, "parameter_group_name", "aws_elasticache_parameter_group")[0]]
}

else := {"unknown": true, "from": causes} if {
	causes := array.concat(
		tf.cause(tf.get(group, "parameter_group_name", "")),
		tf.may_refer(group, "parameter_group_name"),
	)
	count(causes) > 0
}

# The groups that AWS makes have their family's name.
else := trim_suffix(trim_prefix(name, "default."), ".cluster.on") if {
	name := tf.get(group, "parameter_group_name", "")
	startswith(name, "default.")
}

# takes("redis", "7.1") -> "redis7"
takes(engine, version) := found if {
	parts := split(version, ".")
	found := by_version[engine][concat(".", array.slice(parts, 0, 2))]
}

else := found if {
	parts := split(version, ".")
	found := by_version[engine][parts[0]]
}

examined contains entry.group.address if some entry in judged

# Without a group of its own it has the one that AWS makes, which fits.
examined contains group.address if {
	some group in groups
	tf.get(group, "parameter_group_name", null) == null
}

doubts(entry) := [cause |
	some found in [entry.family, entry.engine, entry.version]
	some cause in tf.cause(found)
]

deny contains tf.finding_with(entry.group, message, details) if {
	some entry in judged
	doubts(entry) == []
	wanted := takes(entry.engine, entry.version)
	entry.family != wanted
	message := sprintf(
		"its parameters are of family %s, but %s %s takes %s",
		[entry.family, entry.engine, entry.version, wanted],
	)
	details := {"attribute": "parameter_group_name", "found": entry.family, "expected": wanted}
}

unknown contains tf.finding_with(entry.group, message, details) if {
	some entry in judged
	causes := doubts(entry)
	count(causes) > 0
	message := "whether its parameters fit its engine's version is known after apply"
	details := {"attribute": "parameter_group_name", "cause": causes}
}

unknown contains tf.finding_with(entry.group, message, details) if {
	some entry in judged
	doubts(entry) == []
	not takes(entry.engine, entry.version)
	message := sprintf("which family %s %s takes is not in plangate's table", [entry.engine, entry.version])
	details := {
		"attribute": "engine_version",
		"found": entry.version,
		"cause": "plangate does not know the engine's version",
	}
}
