# METADATA
# title: Plan destroys data
# description: |
#   Apply deletes something that holds data, or replaces it by an empty one: a changed name is enough. What it held is
#   gone, unless a backup has it, and in a long plan the one line that says so is easily missed. Judged is what apply
#   changes, of the types in `types`. What a plan only forgets stays as it is, without Terraform. Where the data may go,
#   waive the finding.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/meta-arguments/prevent_destroy
#   - ref: https://developer.hashicorp.com/terraform/language/block/removed
# custom:
#   severity: high
#   since: 0.1.0
#   examines: ["*", removed]
#   remediation: Keep the resource as it is, or waive the finding if its data may be lost.
#   example: |
#     resource "aws_db_instance" "orders" {
#       # ...
#       lifecycle {
#         prevent_destroy = true
#       }
#     }
#   controls: {nist_800_53: [CP-9, SI-12], soc2: [A1.2]}
#   params:
#     types:
#       type: list
#       default:
#         - aws_cloudwatch_log_group
#         - aws_db_instance
#         - aws_docdb_cluster
#         - aws_docdbelastic_cluster
#         - aws_dsql_cluster
#         - aws_dynamodb_table
#         - aws_ebs_volume
#         - aws_efs_file_system
#         - aws_elasticsearch_domain
#         - aws_fsx_lustre_file_system
#         - aws_fsx_ontap_file_system
#         - aws_fsx_ontap_volume
#         - aws_fsx_openzfs_file_system
#         - aws_fsx_openzfs_volume
#         - aws_fsx_windows_file_system
#         - aws_keyspaces_keyspace
#         - aws_keyspaces_table
#         - aws_kms_external_key
#         - aws_kms_key
#         - aws_kms_replica_external_key
#         - aws_kms_replica_key
#         - aws_lightsail_bucket
#         - aws_lightsail_database
#         - aws_lightsail_disk
#         - aws_memorydb_cluster
#         - aws_neptune_cluster
#         - aws_neptunegraph_graph
#         - aws_opensearch_domain
#         - aws_opensearchserverless_collection
#         - aws_paymentcryptography_key
#         - aws_qldb_ledger
#         - aws_rds_cluster
#         - aws_redshift_cluster
#         - aws_redshiftserverless_namespace
#         - aws_s3_bucket
#         - aws_s3_directory_bucket
#         - aws_s3control_bucket
#         - aws_s3tables_table
#         - aws_s3tables_table_bucket
#         - aws_secretsmanager_secret
#         - aws_simpledb_domain
#         - aws_sqs_queue
#         - aws_timestreaminfluxdb_db_instance
#         - aws_timestreamwrite_database
#         - aws_timestreamwrite_table
#       description: Types of resources that hold data.
package terraform.plan.destroys_data

import data.lib.tf

types := {type | some type in input.params["terraform.plan.destroys_data"].types}

changes := {"update", "delete", "forget"}

# What holds data already and is changed; what is replaced is deleted as well.
changed contains resource if {
	some section in [input.resources, input.removed]
	some type in types
	some resource in section[type]
	count({action | some action in resource.actions} & changes) > 0
}

examined contains resource.address if some resource in changed

deny contains tf.finding_with(resource, message, details) if {
	some resource in changed
	"delete" in resource.actions
	message := said(resource)
	details := {"found": concat(", ", resource.actions), "fix": fix(resource)}
}

said(resource) := concat("", ["it is deleted, and its data with it", why(resource)]) if resource.replaces == false

else := concat("", ["it is created anew, and the old one deleted with its data", why(resource)]) if {
	resource.actions[0] == "create"
}

else := concat("", ["it is deleted with its data, and created anew", why(resource)])

# Why Terraform deletes or replaces it, where it says: https://developer.hashicorp.com/terraform/internals/json-format
why(resource) := text if {
	count(forcing(resource)) > 0
	text := sprintf(": %s cannot be changed in place", [concat(", ", forcing(resource))])
} else := text if {
	text := sprintf(": %s", [reasons[resource.reason]])
} else := ""

reasons := {
	"delete_because_no_resource_config": "the configuration has it no more",
	"delete_because_no_module": "the configuration has its module no more",
	"delete_because_wrong_repetition": "the configuration has it without this key",
	"delete_because_count_index": "`count` does not reach its index any more",
	"delete_because_each_key": "`for_each` has its key no more",
	"delete_because_no_move_target": "it was moved to where nothing is",
	"replace_because_tainted": "an earlier apply left it tainted",
	"replace_by_request": "its replacement was asked for",
	"replace_by_triggers": "what `replace_triggered_by` names is changed",
}

# forcing(bucket) -> ["bucket"]: the arguments that force its replacement
forcing(resource) := sort({name |
	some path in object.get(resource, "replace_paths", [])
	name := concat(".", [sprintf("%v", [step]) | some step in path])
})

fix(resource) := keep_argument if count(forcing(resource)) > 0

else := "Keep it as it is, or bring its data into the new one and waive this." if resource.replaces

else := keep_resource

keep_argument := "Keep what it was set to, or bring its data into a new resource beside it before this one goes."

keep_resource := concat("; ", [
	"Keep it in the configuration, or forget it by a removed block with destroy = false",
	"if it was renamed, add a moved block.",
])
