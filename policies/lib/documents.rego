# Where the AWS provider's resources carry IAM policy documents.
package lib.documents

import data.lib.tf

# all -> [{"resource": role, "argument": "assume_role_policy", "name": "", "document": {...}}, ...]
#
# Every document that is set, known or not; `name` tells a role's inline policies apart.
all := array.concat(
	[{"resource": resource, "argument": argument, "name": "", "document": document} |
		some argument, types in carriers
		some type in types
		some resource in object.get(input.resources, type, [])
		document := tf.get(resource, argument, null)
		document != null
	],
	[{"resource": resource, "argument": blocks, "name": name, "document": document} |
		some type, blocks in blocks_of
		some resource in object.get(input.resources, type, [])
		some block in tf.blocks(resource, blocks)
		name := sprintf("%v", [tf.get(block, "name", "")])
		document := tf.get(block, "policy", null)
		document != null
	],
)

# Blocks that have a name and a policy.
blocks_of := {
	"aws_iam_role": "inline_policy",
	"aws_s3control_multi_region_access_point_policy": "details",
}

carriers := {
	"access_policies": {
		"aws_elasticsearch_domain", "aws_elasticsearch_domain_policy",
		"aws_opensearch_domain", "aws_opensearch_domain_policy",
	},
	"access_policy": {
		"aws_cloudsearch_domain_service_access_policy", "aws_cloudwatch_log_destination_policy", "aws_glacier_vault",
	},
	"assume_role_policy": {"aws_iam_role"},
	"content": {"aws_organizations_resource_policy"},
	"inline_policy": {"aws_ssoadmin_permission_set_inline_policy"},
	"policy": {
		"aws_acmpca_policy", "aws_api_gateway_domain_name", "aws_api_gateway_rest_api",
		"aws_api_gateway_rest_api_policy", "aws_backup_vault_policy", "aws_cloudwatch_event_bus_policy",
		"aws_codebuild_resource_policy", "aws_dynamodb_resource_policy", "aws_ecr_registry_policy",
		"aws_ecr_repository_policy", "aws_ecrpublic_repository_policy", "aws_efs_file_system_policy",
		"aws_glacier_vault_lock", "aws_glue_resource_policy", "aws_iam_group_policy", "aws_iam_policy",
		"aws_iam_role_policy", "aws_iam_user_policy", "aws_iot_policy", "aws_kinesis_resource_policy",
		"aws_kms_external_key", "aws_kms_key", "aws_kms_key_policy", "aws_kms_replica_external_key",
		"aws_kms_replica_key", "aws_media_store_container_policy", "aws_msk_cluster_policy",
		"aws_networkfirewall_resource_policy", "aws_oam_sink_policy", "aws_redshift_resource_policy",
		"aws_redshiftserverless_resource_policy", "aws_s3_access_point", "aws_s3_bucket", "aws_s3_bucket_policy",
		"aws_s3control_access_grants_instance_resource_policy", "aws_s3control_access_point_policy",
		"aws_s3control_bucket_policy", "aws_s3control_object_lambda_access_point_policy",
		"aws_schemas_registry_policy", "aws_secretsmanager_secret", "aws_secretsmanager_secret_policy",
		"aws_ses_identity_policy", "aws_sesv2_email_identity_policy", "aws_sns_topic", "aws_sns_topic_policy",
		"aws_sqs_queue", "aws_sqs_queue_policy", "aws_transfer_access", "aws_transfer_user", "aws_vpc_endpoint",
		"aws_vpc_endpoint_policy", "aws_vpclattice_auth_policy", "aws_vpclattice_resource_policy",
	},
	"policy_document": {
		"aws_cloudwatch_log_resource_policy", "aws_codeartifact_domain_permissions_policy",
		"aws_codeartifact_repository_permissions_policy", "aws_xray_resource_policy",
	},
	"repository_policy": {"aws_ecr_repository_creation_template"},
	"resource_policy": {
		"aws_s3tables_table_bucket_policy", "aws_s3tables_table_policy", "aws_sagemaker_model_package_group_policy",
	},
}
