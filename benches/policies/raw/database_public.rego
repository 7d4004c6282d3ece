# Database is public or not encrypted, in the dialect of raw plans: for `opa eval` and Conftest.
package bench.database_public

is_exposed(values) if values.publicly_accessible == true

is_exposed(values) if values.storage_encrypted == false

deny contains r.address if {
	some r in input.resource_changes
	r.type == "aws_db_instance"
	is_exposed(r.change.after)
}
