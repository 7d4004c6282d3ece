# METADATA
# title: Database is public or not encrypted
# description: The same as in the dialect of raw plans, for `make bench`.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_db_instance]
#   remediation: Set it otherwise.
package bench.database_public

is_exposed(values) if values.publicly_accessible == true

is_exposed(values) if values.storage_encrypted == false

deny contains {"address": r.address, "message": "database is public or not encrypted"} if {
	some r in input.resources.aws_db_instance
	is_exposed(r.values)
}
