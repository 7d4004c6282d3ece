# METADATA
# title: No backup plan covers the data
# description: |
#   The backups that a database makes of itself go when it goes, and whoever may delete the one may delete the others.
#   AWS Backup keeps copies in a vault of its own, on one schedule for all kinds of data, and for as long as you say.
#   A backup plan covers what its selections name: by ARN, wildcards included, or by tag, those included that the
#   provider's default_tags give. Conditions and not_resources take away from that again.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines:
#     - aws_db_instance
#     - aws_rds_cluster
#     - aws_docdb_cluster
#     - aws_neptune_cluster
#     - aws_dynamodb_table
#     - aws_efs_file_system
#   remediation: Name it in the resources of an aws_backup_selection, or give it a tag that one selects.
#   example: |
#     resource "aws_backup_selection" "daily" {
#       name         = "daily"
#       plan_id      = aws_backup_plan.daily.id
#       iam_role_arn = aws_iam_role.backup.arn
#       resources    = [aws_db_instance.main.arn]
#     }
#   reports: [online-education 27, tapstack]
#   controls: {nist_800_53: [CP-9, CP-10], soc2: [A1.2]}
package aws.backup.covered

import data.lib.tf

# What is to be backed up, and how an ARN names it.
stores := [{"store": store, "service": kind.service, "before": kind.before, "name": name_of(store, kind.names)} |
	some type, kind in data.aws.backup.covered.kinds
	some store in input.resources[type]
]

# The first that is set of the arguments that may give its name; "" where AWS or the provider makes one up.
name_of(store, arguments) := array.concat(given, [""])[0] if {
	given := [name |
		some argument in arguments
		name := tf.get(store, argument, null)
		name != null
	]
}

# What a selection takes, and takes away again.
terms(selection) := {
	"patterns": patterns(selection, "resources"),
	"perhaps": perhaps(selection, "resources"),
	"tags": {[tf.get(block, "key", ""), tf.get(block, "value", "")] |
		some block in tf.blocks(selection, "selection_tag")
	},
	"conditions": {[operator, tf.get(test, "key", ""), tf.get(test, "value", "")] |
		some condition in tf.blocks(selection, "condition")
		some operator in ["string_equals", "string_not_equals", "string_like", "string_not_like"]
		some test in tf.blocks(condition, operator)
	},
	"excluded": patterns(selection, "not_resources"),
	"excluded_perhaps": perhaps(selection, "not_resources"),
	"excluded_addresses": {reference.address | some reference in tf.references(selection, "not_resources")},
}

patterns(selection, argument) := {pattern | some pattern in tf.known(tf.get(selection, argument, []))}

# Why a list may hold the ARN of anything: it is not known, and not made of what the plan creates.
perhaps(selection, argument) := {cause |
	count([reference | some reference in tf.candidates(selection, argument); startswith(reference.type, "aws_")]) == 0
	some cause in tf.causes(tf.get(selection, argument, []))
}

# The selections that take more than what they refer to, each once.
broad := {found |
	some selection in input.resources.aws_backup_selection
	not is_by_reference_alone(selection)
	found := terms(selection)
}

is_by_reference_alone(selection) if {
	count(tf.candidates(selection, "resources")) > 0
	tf.known(tf.get(selection, "resources", [])) == []
	count(perhaps(selection, "resources")) == 0
	tf.blocks(selection, "selection_tag") == []
}

# The doubts of each selection that certainly, or perhaps, covers it.
coverage(entry) := array.concat(
	[doubts |
		some selection in tf.attached(entry.store, "aws_backup_selection", "resources")
		doubts := kept(entry, terms(selection))
	],
	[doubts |
		some found in broad
		doubts := array.concat(taken(entry, found), kept(entry, found))
	],
)

# taken(entry, terms): doubts whether the selection names it, by ARN or by tag. One that names nothing takes all.
taken(entry, found) := [] if {
	some pattern in found.patterns
	names(pattern, entry)
}

else := [] if {
	some pair in found.tags
	is_tagged(entry.store, pair)
}

else := [] if {
	found.patterns == set()
	found.tags == set()
	found.perhaps == set()
}

else := causes if {
	causes := array.concat([cause | some cause in found.perhaps], array.concat(
		[cause |
			some pair in found.tags
			some cause in may_be(tag(entry.store, pair[0]), pair)
		],
		[cause |
			some pattern in found.patterns
			some cause in may_name(pattern, entry)
		],
	))
	count(causes) > 0
}

# kept(entry, terms): doubts whether nothing takes it away again.
kept(entry, found) := causes if {
	not found.excluded_addresses[entry.store.address]
	count([pattern | some pattern in found.excluded; names(pattern, entry)]) == 0
	met := [doubts |
		some condition in found.conditions
		doubts := meets(entry.store, condition)
	]
	count(met) == count(found.conditions)
	causes := array.concat(
		[cause | some cause in found.excluded_perhaps],
		[cause | some doubts in met; some cause in doubts],
	)
}

# names("arn:aws:rds:*:*:db:*", entry): the pattern stands for its ARN, in any account and region.
names(pattern, entry) if {
	parts := split(pattern, ":")
	is_like(parts[2], entry.service)
	is_like(rest(parts), sprintf("%s%s", [entry.before, known_name(entry)]))
}

# One as wide as "*" or "arn:aws:rds:*".
names(pattern, entry) if {
	is_like(pattern, sprintf("arn:aws:%s:::%s%s", [entry.service, entry.before, known_name(entry)]))
}

rest(parts) := concat(":", array.slice(parts, 5, count(parts)))

known_name(entry) := entry.name if is_string(entry.name)

else := ""

# may_name(pattern, entry): why the pattern may stand for it, whose name is not known yet.
may_name(pattern, entry) := tf.cause(entry.name) if {
	parts := split(pattern, ":")
	is_like(parts[2], entry.service)
	startswith(rest(parts), entry.before)
}

is_like(pattern, text) if pattern == text

# Regular expressions are slow: only what has a wildcard is worth one.
is_like(pattern, text) if {
	contains(pattern, "*")
	literal := regex.replace(pattern, `[.+?()|\[\]{}^$\\]`, `\$0`)
	regex.match(sprintf("^%s$", [replace(literal, "*", ".*")]), text)
}

# tag(table, "Backup") -> "daily": its own, or what the provider gives; null where it has none of that name
tag(store, name) := found if {
	found := tf.get(store, ["tags", name], null)
	found != null
}

else := tf.get(store, ["tags_all", name], null)

is_tagged(store, pair) if tag(store, pair[0]) == pair[1]

# may_be(value, [key, wanted]): why it may be the one that is wanted
may_be(found, pair) := [cause |
	some part in [found, pair[0], pair[1]]
	some cause in tf.cause(part)
]

# meets(table, ["string_like", "aws:ResourceTag/Stage", "prod-*"]): doubts whether its tag does
meets(store, condition) := causes if {
	causes := may_be(condition_tag(store, condition), [condition[1], condition[2]])
	count(causes) > 0
}

else := [] if fits(condition[0], condition_tag(store, condition), condition[2])

condition_tag(store, condition) := tag(store, trim_prefix(condition[1], "aws:ResourceTag/")) if is_string(condition[1])

else := null

fits("string_equals", found, wanted) if found == wanted

fits("string_not_equals", found, wanted) if found != wanted

fits("string_like", found, wanted) if is_text_like(wanted, found)

fits("string_not_like", found, wanted) if not is_text_like(wanted, found)

is_text_like(pattern, text) if {
	is_string(text)
	is_like(pattern, text)
}

# What no selection certainly covers, with the doubts about it.
gaps := [{"store": entry.store, "doubts": doubts} |
	some entry in stores
	found := coverage(entry)
	count([causes | some causes in found; causes == []]) == 0
	doubts := array.concat(
		[cause | some causes in found; some cause in causes],
		tf.may_be_attached(entry.store, "aws_backup_selection", "resources"),
	)
]

deny contains tf.finding_with(gap.store, "no backup selection covers it, by ARN or by tag", details) if {
	some gap in gaps
	gap.doubts == []
	details := {"expected": "an aws_backup_selection"}
}

unknown contains tf.finding_with(gap.store, "whether a backup selection covers it is known after apply", details) if {
	some gap in gaps
	count(gap.doubts) > 0
	details := {"expected": "an aws_backup_selection", "cause": gap.doubts}
}
