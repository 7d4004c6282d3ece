# METADATA
# title: Database parameters leave out slow queries, connections or TLS
# description: |
#   A database logs what it is told to log. Without these parameters the slow query that takes the site down leaves no
#   trace, nor does who connected, and clients may connect in plain text. MySQL and MariaDB want slow_query_log = 1,
#   log_output = FILE, since only files can be exported, and require_secure_transport = 1; PostgreSQL wants
#   rds.force_ssl = 1, which is the default from version 15 on, log_connections = 1 and log_min_duration_statement = 0
#   or more, in milliseconds. Families of other engines are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_db_parameter_group, aws_rds_cluster_parameter_group]
#   remediation: Set the parameters that are missing, to the values that the finding names.
#   example: |
#     resource "aws_db_parameter_group" "main" {
#       name   = "main"
#       family = "postgres16"
#       dynamic "parameter" {
#         for_each = { "rds.force_ssl" = "1", log_connections = "1", log_min_duration_statement = "1000" }
#         content {
#           name  = parameter.key
#           value = parameter.value
#         }
#       }
#     }
#   reports: [online-education 25]
#   controls: {nist_800_53: [AU-2, AU-12, SC-8], soc2: [CC6.7, CC7.2]}
package aws.rds.parameter_group

import data.lib.tf

groups := array.concat(
	object.get(input.resources, "aws_db_parameter_group", []),
	object.get(input.resources, "aws_rds_cluster_parameter_group", []),
)

# Groups of a family in the table, with what it wants of them.
judged := [{"group": group, "family": family, "wanted": data.aws.rds.parameter_group.engines[engine(family)]} |
	some group in groups
	family := tf.get(group, "family", "")
	is_string(family)
]

# engine("postgres16") -> "postgres", engine("aurora-postgresql16") -> "aurora-postgresql"
engine(family) := trim_right(family, "0123456789.")

examined contains entry.group.address if some entry in judged

examined contains group.address if {
	some group in groups
	count(tf.cause(tf.get(group, "family", ""))) > 0
}

# What is wanted and not certainly set, with the doubts about it.
gaps := [{"group": entry.group, "name": name, "rule": rule, "found": settings, "doubts": doubts} |
	some entry in judged
	parameters := tf.blocks(entry.group, "parameter")
	some name, rule in entry.wanted
	not is_by_default(rule, name, entry)
	settings := [setting |
		some parameter in parameters
		tf.get(parameter, "name", "") == name
		setting := tf.get(parameter, "value", "")
	]
	count([setting | some setting in settings; fits(rule, setting)]) == 0
	doubts := array.concat(tf.causes(settings), [text |
		some parameter in parameters
		some text in tf.cause(tf.get(parameter, "name", ""))
	])
]

# What the family sets by itself, and the group leaves alone.
is_by_default(rule, name, entry) if {
	major_version(entry.family) >= rule.default_from_version
	named := [tf.get(parameter, "name", "") | some parameter in tf.blocks(entry.group, "parameter")]
	count([found | some found in named; found == name]) == 0
	tf.causes(named) == []
}

# major_version("postgres16") -> 16, major_version("postgres9.6") -> 9
major_version(family) := to_number(digits) if {
	digits := split(trim_prefix(family, engine(family)), ".")[0]
	regex.match(`^[0-9]+$`, digits)
}

fits(rule, setting) if {
	is_string(setting)
	upper(setting) in rule.values
}

fits(rule, setting) if {
	is_string(setting)
	regex.match(`^[0-9]+$`, setting)
	to_number(setting) >= rule.at_least
}

deny contains tf.finding_with(gap.group, message(gap), details) if {
	some gap in gaps
	gap.doubts == []
	details := {"key": gap.name, "attribute": "parameter", "found": value(gap), "expected": gap.rule.expected}
}

unknown contains tf.finding_with(gap.group, text, details) if {
	some gap in gaps
	count(gap.doubts) > 0
	text := sprintf("whether %s is %s is known after apply", [gap.name, gap.rule.expected])
	details := {"key": gap.name, "attribute": "parameter", "expected": gap.rule.expected, "cause": gap.doubts}
}

unknown contains tf.finding_with(group, "of which family it is, is known after apply", details) if {
	some group in groups
	causes := tf.cause(tf.get(group, "family", ""))
	count(causes) > 0
	details := {"attribute": "family", "cause": causes}
}

value(gap) := null if gap.found == []

else := gap.found[0]

message(gap) := sprintf("%s is not set, so %s", [gap.name, gap.rule.fault]) if gap.found == []

else := sprintf("%s is %s, so %s", [gap.name, gap.found[0], gap.rule.fault])
