# METADATA
# title: Database is destroyed without a final snapshot of its own name
# description: |
#   The final snapshot is what is left of a database that was destroyed by mistake. Where it is skipped, nothing is;
#   where it has no name, Terraform refuses to destroy the database; and a name that is always the same works once: the
#   second destroy fails, with the stack half gone, because a snapshot of that name exists. Put something into the name
#   that is new with each database, such as the id of a random_id, or the time. What a local value is made of the plan
#   does not tell: use the attribute itself.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster]
#   remediation: Give the final snapshot a name with a part that is new each time, and do not skip it.
#   example: |
#     resource "random_id" "snapshot" {
#       byte_length = 4
#     }
#     resource "aws_db_instance" "main" {
#       engine                    = "postgres"
#       instance_class            = "db.t4g.medium"
#       skip_final_snapshot       = false
#       final_snapshot_identifier = "orders-${random_id.snapshot.hex}"
#       # ...
#     }
#   reports: [online-education 0, online-education 12]
#   controls: {nist_800_53: [CP-9], soc2: [A1.2]}
package aws.rds.final_snapshot

import data.lib.rds
import data.lib.tf

judged := [database | some database in rds.databases; not rds.is_copy(database)]

examined contains database.address if some database in judged

skips(database) := tf.get(database, "skip_final_snapshot", false)

name(database) := tf.get(database, "final_snapshot_identifier", null)

deny contains tf.finding_with(database, "it is destroyed without a final snapshot", details) if {
	some database in judged
	tf.is_true(skips(database))
	details := {"attribute": "skip_final_snapshot", "found": true, "expected": false}
}

deny contains tf.finding_with(database, "its final snapshot has no name, so destroying it fails", details) if {
	some database in judged
	not tf.is_true(skips(database))
	name(database) == null
	details := {"attribute": "final_snapshot_identifier", "expected": expected}
}

deny contains tf.finding_with(database, message, details) if {
	some database in judged
	not tf.is_true(skips(database))
	made_of(database) == "constants"
	message := "its final snapshot has the same name each time, so a second destroy fails"
	details := {"attribute": "final_snapshot_identifier", "found": shown(name(database)), "expected": expected}
}

unknown contains tf.finding_with(database, "whether a final snapshot is taken is known after apply", details) if {
	some database in judged
	later := tf.cause(skips(database))
	count(later) > 0
	details := {"attribute": "skip_final_snapshot", "expected": false, "cause": later}
}

unknown contains tf.finding_with(database, message, details) if {
	some database in judged
	tf.is_false(skips(database))
	made_of(database) == "something unsure"
	message := "whether its final snapshot has a new name each time cannot be told from the plan"
	details := {
		"attribute": "final_snapshot_identifier",
		"found": shown(name(database)),
		"expected": expected,
		"cause": causes(database),
	}
}

causes(database) := tf.may_refer(database, "final_snapshot_identifier") if count(resources(database, false)) > 0

else := ["a function call in the configuration"]

# What the name is made of: constants, something new each time, or what the plan does not tell. A name that is not
# known yet comes from another resource, or from a function such as timestamp(). One that is known and refers to
# nothing comes from a call, which is taken for plantimestamp() where the configuration has been read.
made_of(database) := "nothing" if name(database) == null

else := "something new" if tf.is_unknown(name(database))

else := "constants" if is_literal(database)

else := "something new" if count(resources(database, true)) > 0

else := "something new" if {
	some reference in references(database)
	not is_constant(reference)
}

else := "something unsure" if count(resources(database, false)) > 0

else := "constants" if {
	count(references(database)) > 0
	not is_dated(name(database))
}

else := "something unsure" if not database.source

is_literal(database) if database.config.final_snapshot_identifier.constant

references(database) := object.get(database, ["config", "final_snapshot_identifier", "references"], [])

# The resources that it certainly refers to, by variables too; or those that it may refer to.
resources(database, certain) := [reference |
	some reference in tf.candidates(database, "final_snapshot_identifier")
	reference.mode == "managed"
	reference.certain == certain
]

# What stays the same from one database to the next. Data sources of AWS tell account, region and the like.
is_constant(reference) if {
	some prefix in ["var.", "local.", "each.", "count.", "path.", "terraform.", "data.aws_"]
	startswith(reference, prefix)
}

# A date in a known name may come from plantimestamp().
is_dated(text) if {
	is_string(text)
	regex.match(`20[0-9]{2}-?[01][0-9]-?[0-3][0-9]`, text)
}

shown(text) := text if is_string(text)

else := null

expected := "a name with a part that is new each time"
