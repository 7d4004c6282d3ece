# METADATA
# title: Database's master password is given as an argument
# description: |
#   A password that passes through an argument stays behind: in the plan, in every version of the state, in the files
#   or pipelines that feed the variable; and nobody changes it. With manage_master_user_password RDS makes it, keeps it
#   in Secrets Manager and rotates it, and Terraform never sees it. A password that is read from a secret store passes,
#   as does a write-only argument, unless its value stands in the configuration. One that Terraform itself makes up is
#   in the state, and fails.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster]
#   remediation: Set manage_master_user_password to true and remove the password.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine                      = "postgres"
#       instance_class              = "db.t4g.medium"
#       username                    = "app"
#       manage_master_user_password = true
#       # ...
#     }
#   reports: [online-education 29]
#   controls: {nist_800_53: [IA-5, "IA-5(7)"], pci_dss: ["8.6.2"], soc2: [CC6.1]}
package aws.rds.password

import data.lib.tf

# The argument that the master password is given by, in each type.
arguments := {"aws_db_instance": "password", "aws_rds_cluster": "master_password"}

# Databases that have a password from an argument, with the doubts whether it is no secret's.
exposed := [{"database": database, "argument": argument, "doubts": doubts} |
	some type, argument in arguments
	some database in input.resources[type]
	tf.get(database, argument, null) != null
	count([reference | some reference in tf.references(database, argument); is_store(reference)]) == 0
	doubts := array.concat(tf.may_refer(database, argument), unread(database, argument))
]

# A secret store: the type holds secrets.
is_store(reference) if data.aws.rds.password.stores[reference.type]

# unread(database, "password") -> ["local.credentials"]: why the plan may not show all that the password is made of
unread(database, argument) := object.get(input, ["unresolved", database.type, argument], []) if {
	some reference in object.get(database, ["config", argument, "references"], [])
	is_indirect(database, reference)
}

else := []

is_indirect(_, reference) if startswith(reference, "local.")

is_indirect(_, reference) if startswith(reference, "each.")

# What the caller of a module gives.
is_indirect(database, reference) if {
	database.module != null
	startswith(reference, "var.")
}

deny contains tf.finding_with(entry.database, message, details) if {
	some entry in exposed
	entry.doubts == []
	message := "its master password is given as an argument, and so kept in the plan and the state"
	details := {"attribute": entry.argument, "expected": expected}
}

# A write-only argument is in neither; a literal is in the configuration.
deny contains tf.finding_with(database, message, details) if {
	some type, argument in arguments
	some database in input.resources[type]
	write_only := sprintf("%s_wo", [argument])
	database.config[write_only].constant != null
	message := "its master password stands in the configuration, where all who read it find it"
	details := {"attribute": write_only, "expected": expected}
}

unknown contains tf.finding_with(entry.database, message, details) if {
	some entry in exposed
	count(entry.doubts) > 0
	message := "whether its master password comes from a secret is not in the plan"
	details := {"attribute": entry.argument, "expected": expected, "cause": entry.doubts}
}

expected := "manage_master_user_password = true, or a password from a secret"
