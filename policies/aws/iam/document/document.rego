# METADATA
# title: Policy document is not valid
# description: |
#   A document that is no valid JSON, or has no Statement, allows and denies nothing: AWS refuses it at apply, and
#   until then no other policy can judge what it was meant to say. Members are spelled with a capital (Version,
#   Statement, Effect), and a text with quotes and commas of its own is easily broken: write documents with jsonencode
#   or aws_iam_policy_document, which cannot be.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_acmpca_policy
#     - aws_api_gateway_domain_name
#     - aws_api_gateway_rest_api
#     - aws_api_gateway_rest_api_policy
#     - aws_backup_vault_policy
#     - aws_cloudsearch_domain_service_access_policy
#     - aws_cloudwatch_event_bus_policy
#     - aws_cloudwatch_log_destination_policy
#     - aws_cloudwatch_log_resource_policy
#     - aws_codeartifact_domain_permissions_policy
#     - aws_codeartifact_repository_permissions_policy
#     - aws_codebuild_resource_policy
#     - aws_dynamodb_resource_policy
#     - aws_ecr_registry_policy
#     - aws_ecr_repository_creation_template
#     - aws_ecr_repository_policy
#     - aws_ecrpublic_repository_policy
#     - aws_efs_file_system_policy
#     - aws_elasticsearch_domain
#     - aws_elasticsearch_domain_policy
#     - aws_glacier_vault
#     - aws_glacier_vault_lock
#     - aws_glue_resource_policy
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iot_policy
#     - aws_kinesis_resource_policy
#     - aws_kms_external_key
#     - aws_kms_key
#     - aws_kms_key_policy
#     - aws_kms_replica_external_key
#     - aws_kms_replica_key
#     - aws_media_store_container_policy
#     - aws_msk_cluster_policy
#     - aws_networkfirewall_resource_policy
#     - aws_oam_sink_policy
#     - aws_opensearch_domain
#     - aws_opensearch_domain_policy
#     - aws_organizations_resource_policy
#     - aws_redshift_resource_policy
#     - aws_redshiftserverless_resource_policy
#     - aws_s3_access_point
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_s3control_access_grants_instance_resource_policy
#     - aws_s3control_access_point_policy
#     - aws_s3control_bucket_policy
#     - aws_s3control_multi_region_access_point_policy
#     - aws_s3control_object_lambda_access_point_policy
#     - aws_s3tables_table_bucket_policy
#     - aws_s3tables_table_policy
#     - aws_sagemaker_model_package_group_policy
#     - aws_schemas_registry_policy
#     - aws_secretsmanager_secret
#     - aws_secretsmanager_secret_policy
#     - aws_ses_identity_policy
#     - aws_sesv2_email_identity_policy
#     - aws_sns_topic
#     - aws_sns_topic_policy
#     - aws_sqs_queue
#     - aws_sqs_queue_policy
#     - aws_ssoadmin_permission_set_inline_policy
#     - aws_transfer_access
#     - aws_transfer_user
#     - aws_vpc_endpoint
#     - aws_vpc_endpoint_policy
#     - aws_vpclattice_auth_policy
#     - aws_vpclattice_resource_policy
#     - aws_xray_resource_policy
#   remediation: Write the document with jsonencode or an aws_iam_policy_document.
#   example: |
#     resource "aws_iam_policy" "app" {
#       policy = jsonencode({
#         Version = "2012-10-17"
#         Statement = [{
#           Effect   = "Allow"
#           Action   = "sqs:SendMessage"
#           Resource = aws_sqs_queue.jobs.arn
#         }]
#       })
#     }
package aws.iam.document

import data.lib.documents
import data.lib.tf

examined contains entry.resource.address if some entry in documents.all

deny contains tf.finding_with(entry.resource, message, details) if {
	some entry in documents.all
	why := fault(entry.document)
	message := sprintf("its %s does nothing: %s", [entry.argument, why])
	details := {"key": key(entry), "attribute": entry.argument, "found": why, "expected": expected}
}

unknown contains tf.finding_with(entry.resource, message, details) if {
	some entry in documents.all
	causes := tf.causes(entry.document)
	count(causes) > 0
	message := sprintf("whether its %s is valid is known after apply", [entry.argument])
	details := {"key": key(entry), "attribute": entry.argument, "expected": expected, "cause": causes}
}

expected := "a JSON document with a Statement"

key(entry) := entry.argument if entry.name == ""

else := sprintf("%s %s", [entry.argument, entry.name])

# What could be read as a document is one, the rest has stayed a text.
fault(document) := document.invalid

fault(text) := "it is no valid JSON" if {
	is_string(text)
	not json.is_valid(text)
}

fault(text) := "it has no Statement" if {
	is_string(text)
	json.is_valid(text)
	not has_statement(json.unmarshal(text))
}

has_statement(found) if {
	is_object(found)
	found.Statement
}
