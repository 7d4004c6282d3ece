//! Nested blocks that the AWS provider never fills in by itself.
//!
//! A `dynamic` block is not in the plan's configuration. Over a collection that only apply will know, the plan has it
//! as unknown as a whole, which is also how it has a block that is left out and filled in by the provider. A block that
//! is never filled in tells them apart: left out, it is planned as an empty list.

/// By resource type, its blocks that are planned as empty where the configuration leaves them out, or that it cannot
/// leave out.
///
/// Found by planning resources without them, and, for those that must be there, in the provider's schema: AWS provider
/// 5.100.0, 2026-11-22. A block that is not listed may be either.
const NEVER_FILLED_IN: &[(&str, &[&str])] = &[
    ("aws_acm_certificate", &["options"]),
    (
        "aws_alb",
        &[
            "access_logs",
            "connection_logs",
            "ipam_pools",
            "minimum_load_balancer_capacity",
        ],
    ),
    ("aws_alb_listener", &["default_action"]),
    ("aws_amplify_app", &["custom_rule"]),
    ("aws_api_gateway_deployment", &["canary_settings"]),
    ("aws_api_gateway_documentation_part", &["location"]),
    ("aws_api_gateway_domain_name", &["mutual_tls_authentication"]),
    ("aws_api_gateway_integration", &["tls_config"]),
    ("aws_api_gateway_method_settings", &["settings"]),
    ("aws_api_gateway_stage", &["access_log_settings", "canary_settings"]),
    (
        "aws_apigatewayv2_stage",
        &["access_log_settings", "default_route_settings", "route_settings"],
    ),
    ("aws_appautoscaling_policy", &["step_scaling_policy_configuration"]),
    ("aws_appmesh_virtual_node", &["spec"]),
    (
        "aws_apprunner_service",
        &[
            "encryption_configuration",
            "observability_configuration",
            "source_configuration",
        ],
    ),
    (
        "aws_autoscaling_group",
        &[
            "initial_lifecycle_hook",
            "instance_maintenance_policy",
            "instance_refresh",
            "tag",
            "warm_pool",
        ],
    ),
    (
        "aws_autoscaling_policy",
        &[
            "predictive_scaling_configuration",
            "step_adjustment",
            "target_tracking_configuration",
        ],
    ),
    ("aws_backup_plan", &["advanced_backup_setting", "rule"]),
    ("aws_backup_selection", &["selection_tag"]),
    (
        "aws_batch_compute_environment",
        &["compute_resources", "eks_configuration", "update_policy"],
    ),
    (
        "aws_batch_job_definition",
        &["eks_properties", "retry_strategy", "timeout"],
    ),
    ("aws_batch_job_queue", &["job_state_time_limit_action"]),
    (
        "aws_cloudfront_distribution",
        &[
            "custom_error_response",
            "default_cache_behavior",
            "logging_config",
            "ordered_cache_behavior",
            "origin",
            "origin_group",
            "restrictions",
            "viewer_certificate",
        ],
    ),
    (
        "aws_cloudtrail",
        &["advanced_event_selector", "event_selector", "insight_selector"],
    ),
    ("aws_cloudwatch_composite_alarm", &["actions_suppressor"]),
    ("aws_cloudwatch_event_bus", &["dead_letter_config"]),
    (
        "aws_cloudwatch_event_target",
        &[
            "appsync_target",
            "batch_target",
            "dead_letter_config",
            "ecs_target",
            "http_target",
            "input_transformer",
            "kinesis_target",
            "redshift_target",
            "retry_policy",
            "run_command_targets",
            "sagemaker_pipeline_target",
            "sqs_target",
        ],
    ),
    ("aws_cloudwatch_log_metric_filter", &["metric_transformation"]),
    ("aws_cloudwatch_metric_alarm", &["metric_query"]),
    (
        "aws_codebuild_project",
        &[
            "artifacts",
            "build_batch_config",
            "cache",
            "environment",
            "file_system_locations",
            "logs_config",
            "secondary_artifacts",
            "secondary_source_version",
            "secondary_sources",
            "source",
            "vpc_config",
        ],
    ),
    ("aws_config_delivery_channel", &["snapshot_delivery_properties"]),
    ("aws_datasync_location_s3", &["s3_config"]),
    (
        "aws_db_instance",
        &["blue_green_update", "restore_to_point_in_time", "s3_import"],
    ),
    ("aws_db_option_group", &["option"]),
    ("aws_db_parameter_group", &["parameter"]),
    ("aws_docdb_cluster", &["restore_to_point_in_time"]),
    (
        "aws_dynamodb_table",
        &[
            "global_secondary_index",
            "import_table",
            "local_secondary_index",
            "on_demand_throughput",
            "replica",
        ],
    ),
    (
        "aws_ecr_repository",
        &["encryption_configuration", "image_scanning_configuration"],
    ),
    ("aws_ecs_cluster", &["configuration", "service_connect_defaults"]),
    (
        "aws_ecs_service",
        &[
            "alarms",
            "capacity_provider_strategy",
            "deployment_circuit_breaker",
            "deployment_controller",
            "load_balancer",
            "network_configuration",
            "ordered_placement_strategy",
            "placement_constraints",
            "service_connect_configuration",
            "service_registries",
            "volume_configuration",
            "vpc_lattice_configurations",
        ],
    ),
    (
        "aws_ecs_task_definition",
        &[
            "ephemeral_storage",
            "inference_accelerator",
            "placement_constraints",
            "proxy_configuration",
            "runtime_platform",
            "volume",
        ],
    ),
    ("aws_efs_file_system", &["lifecycle_policy"]),
    ("aws_eks_addon", &["pod_identity_association"]),
    (
        "aws_eks_cluster",
        &[
            "compute_config",
            "encryption_config",
            "outpost_config",
            "remote_network_config",
            "storage_config",
            "vpc_config",
            "zonal_shift_config",
        ],
    ),
    (
        "aws_eks_node_group",
        &["launch_template", "remote_access", "scaling_config", "taint"],
    ),
    ("aws_elasticache_parameter_group", &["parameter"]),
    ("aws_elasticache_replication_group", &["log_delivery_configuration"]),
    (
        "aws_elasticsearch_domain",
        &[
            "cognito_options",
            "log_publishing_options",
            "snapshot_options",
            "vpc_options",
        ],
    ),
    ("aws_elb", &["access_logs", "listener"]),
    ("aws_flow_log", &["destination_options"]),
    ("aws_glue_connection", &["physical_connection_requirements"]),
    ("aws_instance", &["credit_specification", "launch_template"]),
    ("aws_lambda_alias", &["routing_config"]),
    (
        "aws_lambda_function",
        &[
            "dead_letter_config",
            "environment",
            "file_system_config",
            "image_config",
            "snap_start",
            "vpc_config",
        ],
    ),
    ("aws_lambda_function_event_invoke_config", &["destination_config"]),
    ("aws_launch_configuration", &["ephemeral_block_device"]),
    (
        "aws_launch_template",
        &[
            "block_device_mappings",
            "capacity_reservation_specification",
            "cpu_options",
            "credit_specification",
            "elastic_gpu_specifications",
            "elastic_inference_accelerator",
            "enclave_options",
            "hibernation_options",
            "iam_instance_profile",
            "instance_market_options",
            "instance_requirements",
            "license_specification",
            "maintenance_options",
            "monitoring",
            "network_interfaces",
            "placement",
            "private_dns_name_options",
            "tag_specifications",
        ],
    ),
    (
        "aws_lb",
        &[
            "access_logs",
            "connection_logs",
            "ipam_pools",
            "minimum_load_balancer_capacity",
        ],
    ),
    ("aws_lb_listener", &["default_action"]),
    ("aws_lightsail_container_service", &["public_domain_names"]),
    ("aws_lightsail_container_service_deployment_version", &["container"]),
    ("aws_neptune_cluster", &["serverless_v2_scaling_configuration"]),
    (
        "aws_opensearch_domain",
        &[
            "cognito_options",
            "log_publishing_options",
            "snapshot_options",
            "vpc_options",
        ],
    ),
    (
        "aws_rds_cluster",
        &[
            "restore_to_point_in_time",
            "s3_import",
            "scaling_configuration",
            "serverlessv2_scaling_configuration",
        ],
    ),
    ("aws_rds_cluster_parameter_group", &["parameter"]),
    (
        "aws_route53_record",
        &[
            "alias",
            "failover_routing_policy",
            "geolocation_routing_policy",
            "latency_routing_policy",
            "weighted_routing_policy",
        ],
    ),
    ("aws_route53_zone", &["vpc"]),
    ("aws_s3_bucket_lifecycle_configuration", &["rule"]),
    ("aws_s3_bucket_logging", &["target_grant", "target_object_key_format"]),
    ("aws_s3_bucket_notification", &["lambda_function", "queue", "topic"]),
    ("aws_s3_bucket_ownership_controls", &["rule"]),
    ("aws_s3_bucket_server_side_encryption_configuration", &["rule"]),
    ("aws_s3_bucket_versioning", &["versioning_configuration"]),
    ("aws_s3_object", &["override_provider"]),
    ("aws_scheduler_schedule", &["flexible_time_window", "target"]),
    ("aws_secretsmanager_secret_rotation", &["rotation_rules"]),
    (
        "aws_spot_instance_request",
        &["credit_specification", "launch_template"],
    ),
    ("aws_ssm_association", &["output_location"]),
    ("aws_ssm_maintenance_window_target", &["targets"]),
    ("aws_waf_web_acl", &["default_action", "logging_configuration", "rules"]),
    (
        "aws_wafregional_web_acl",
        &["default_action", "logging_configuration", "rule"],
    ),
    (
        "aws_wafv2_web_acl",
        &[
            "association_config",
            "captcha_config",
            "challenge_config",
            "custom_response_body",
            "data_protection_config",
            "default_action",
            "rule",
            "visibility_config",
        ],
    ),
    (
        "aws_wafv2_web_acl_logging_configuration",
        &["logging_filter", "redacted_fields"],
    ),
];

/// Whether a top-level block of a resource type is only ever what the configuration makes it.
pub(crate) fn is_never_filled_in(kind: &str, block: &str) -> bool {
    NEVER_FILLED_IN
        .binary_search_by_key(&kind, |row| row.0)
        .is_ok_and(|at| NEVER_FILLED_IN[at].1.contains(&block))
}

#[cfg(test)]
mod tests {
    use super::{NEVER_FILLED_IN, is_never_filled_in};

    #[test]
    fn types_are_sorted_to_be_found() {
        assert!(NEVER_FILLED_IN.is_sorted_by_key(|row| row.0));
        assert!(is_never_filled_in("aws_lb", "access_logs"));
        assert!(!is_never_filled_in("aws_instance", "root_block_device"));
        assert!(!is_never_filled_in("aws_no_such_type", "access_logs"));
    }
}
