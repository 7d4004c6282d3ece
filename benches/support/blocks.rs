//! What a team's module consists of, with the values that the AWS provider plans for it.

use serde_json::{Value, json};

use super::random::Random;

/// Where an instance stands.
pub(crate) struct Place {
    pub(crate) team: usize,
    pub(crate) region: &'static str,
    pub(crate) nth: usize,
}

impl Place {
    fn name(&self, what: &str) -> String {
        format!("team-{:04}-{}-{what}-{}", self.team, self.region, self.nth)
    }
}

/// How a resource is repeated.
#[derive(Clone, Copy)]
pub(crate) enum Many {
    One,
    Count(usize),
    Each(&'static [&'static str]),
}

impl Many {
    pub(crate) fn instances(self) -> usize {
        match self {
            Many::One => 1,
            Many::Count(count) => count,
            Many::Each(keys) => keys.len(),
        }
    }
}

/// What is planned for an instance.
pub(crate) struct Made {
    /// The values that the plan tells.
    pub(crate) known: Value,
    /// The names of those that only apply tells.
    pub(crate) unknown: &'static [&'static str],
    /// The names of those that are hidden.
    pub(crate) sensitive: &'static [&'static str],
}

/// A resource of the module.
pub(crate) struct Block {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
    /// Whether it is in the module for the network.
    pub(crate) network: bool,
    pub(crate) many: Many,
    pub(crate) make: fn(&Place, &mut Random) -> Made,
    pub(crate) expressions: fn() -> Value,
}

const TWO: Many = Many::Each(&["api", "worker"]);
const THREE: Many = Many::Each(&["admin", "api", "worker"]);
const NONE: &[&str] = &[];

const fn block(
    kind: &'static str,
    name: &'static str,
    many: Many,
    make: fn(&Place, &mut Random) -> Made,
    expressions: fn() -> Value,
) -> Block {
    let network = false;
    Block {
        kind,
        name,
        network,
        many,
        make,
        expressions,
    }
}

const fn network(block: Block) -> Block {
    Block { network: true, ..block }
}

fn made(known: Value, unknown: &'static [&'static str]) -> Made {
    let sensitive = NONE;
    Made {
        known,
        unknown,
        sensitive,
    }
}

fn tags(place: &Place) -> Value {
    let team = format!("team-{:04}", place.team);
    json!({
        "cost-center": format!("cc-{:04}", place.team),
        "data-class": "internal",
        "environment": "prod",
        "managed-by": "terraform",
        "owner": team,
        "repository": format!("https://git.example.com/{team}/infrastructure"),
    })
}

/// An expression that refers to an attribute, as Terraform's JSON has it.
fn to(resource: &str, attribute: &str) -> Value {
    json!({"references": [format!("{resource}.{attribute}"), resource]})
}

/// The same through `each.key`.
fn to_each(resource: &str) -> Value {
    json!({"references": [resource, "each.key"]})
}

fn constant(value: Value) -> Value {
    json!({"constant_value": value})
}

fn named() -> Value {
    json!({"references": ["var.environment", "each.key"]})
}

/// The resources of a team's module: fifty instances.
pub(crate) const BLOCKS: &[Block] = &[
    block("aws_security_group", "app", TWO, security_group, || {
        json!({
            "description": constant(json!("Application")),
            "ingress": constant(json!([])),
            "name": named(),
            "vpc_id": to("module.network", "vpc_id"),
        })
    }),
    block("aws_security_group_rule", "extra", THREE, security_group_rule, || {
        json!({
            "cidr_blocks": named(),
            "from_port": named(),
            "protocol": constant(json!("tcp")),
            "security_group_id": {"references": ["aws_security_group.app[\"api\"].id", "aws_security_group.app[\"api\"]", "aws_security_group.app"]},
            "to_port": named(),
            "type": constant(json!("ingress")),
        })
    }),
    block(
        "aws_s3_bucket",
        "data",
        TWO,
        bucket,
        || json!({"bucket": named(), "force_destroy": named()}),
    ),
    block(
        "aws_s3_bucket_versioning",
        "data",
        TWO,
        versioning,
        || json!({"bucket": to_each("aws_s3_bucket.data"), "versioning_configuration": [{"status": named()}]}),
    ),
    block("aws_s3_bucket_public_access_block", "data", TWO, access_block, || {
        json!({
            "block_public_acls": named(),
            "block_public_policy": constant(json!(true)),
            "bucket": to_each("aws_s3_bucket.data"),
            "ignore_public_acls": constant(json!(true)),
            "restrict_public_buckets": named(),
        })
    }),
    block(
        "aws_s3_bucket_server_side_encryption_configuration",
        "data",
        TWO,
        bucket_encryption,
        || {
            let rule = json!([{"apply_server_side_encryption_by_default": [{
            "kms_master_key_id": to("aws_kms_key.data", "arn"), "sse_algorithm": constant(json!("aws:kms"))}]}]);
            json!({"bucket": to_each("aws_s3_bucket.data"), "rule": rule})
        },
    ),
    block(
        "aws_iam_role",
        "task",
        TWO,
        role,
        || json!({"assume_role_policy": named(), "name": named()}),
    ),
    block(
        "aws_iam_policy",
        "access",
        TWO,
        policy,
        || json!({"name": named(), "policy": named()}),
    ),
    block(
        "aws_iam_role_policy_attachment",
        "access",
        TWO,
        attachment,
        || json!({"policy_arn": to_each("aws_iam_policy.access"), "role": to_each("aws_iam_role.task")}),
    ),
    block("aws_lambda_function", "worker", TWO, function, || {
        json!({
            "environment": [{"variables": named()}],
            "function_name": named(),
            "handler": constant(json!("index.handler")),
            "role": to_each("aws_iam_role.task"),
            "runtime": named(),
            "s3_bucket": constant(json!("releases")),
            "s3_key": named(),
        })
    }),
    block("aws_lambda_permission", "worker", TWO, permission, || {
        json!({
            "action": constant(json!("lambda:InvokeFunction")),
            "function_name": to_each("aws_lambda_function.worker"),
            "principal": constant(json!("events.amazonaws.com")),
        })
    }),
    block(
        "aws_cloudwatch_log_group",
        "worker",
        TWO,
        log_group,
        || json!({"kms_key_id": to("aws_kms_key.data", "arn"), "name": named(), "retention_in_days": named()}),
    ),
    block("aws_cloudwatch_metric_alarm", "errors", Many::Count(3), alarm, || {
        json!({
            "alarm_actions": to("aws_sns_topic.alarms", "arn"),
            "alarm_name": {"references": ["var.environment", "count.index"]},
            "comparison_operator": constant(json!("GreaterThanThreshold")),
            "evaluation_periods": constant(json!(2)),
        })
    }),
    block(
        "aws_sqs_queue",
        "jobs",
        TWO,
        queue,
        || json!({"kms_master_key_id": named(), "name": named()}),
    ),
    block(
        "aws_sns_topic",
        "alarms",
        Many::One,
        topic,
        || json!({"kms_master_key_id": to("aws_kms_key.data", "id"), "name": {"references": ["var.environment"]}}),
    ),
    block(
        "aws_kms_key",
        "data",
        Many::One,
        key,
        || json!({"description": constant(json!("Data at rest")), "enable_key_rotation": named()}),
    ),
    block(
        "aws_kms_alias",
        "data",
        Many::One,
        alias,
        || json!({"name": named(), "target_key_id": to("aws_kms_key.data", "key_id")}),
    ),
    block("aws_db_instance", "main", Many::One, database, || {
        json!({
            "engine": constant(json!("postgres")),
            "instance_class": constant(json!("db.t4g.medium")),
            "kms_key_id": to("aws_kms_key.data", "arn"),
            "password": {"references": ["var.password"]},
            "storage_encrypted": named(),
            "vpc_security_group_ids": {"references": ["aws_security_group.app"]},
        })
    }),
    block("aws_instance", "bastion", Many::Count(1), instance, || {
        json!({
            "ami": constant(json!("ami-0123456789abcdef0")),
            "instance_type": constant(json!("t3.micro")),
            "metadata_options": [{"http_endpoint": constant(json!("enabled")), "http_tokens": named()}],
            "subnet_id": {"references": ["module.network.subnet_ids", "module.network", "count.index"]},
        })
    }),
    block(
        "aws_ebs_volume",
        "scratch",
        Many::One,
        volume,
        || json!({"encrypted": named(), "size": constant(json!(20))}),
    ),
    block(
        "aws_route53_record",
        "service",
        TWO,
        record,
        || json!({"name": named(), "type": constant(json!("CNAME"))}),
    ),
    block(
        "aws_ssm_parameter",
        "secret",
        TWO,
        parameter,
        || json!({"name": named(), "type": constant(json!("SecureString")), "value": {"references": ["var.secrets", "each.key"]}}),
    ),
    block(
        "aws_ecs_task_definition",
        "app",
        Many::One,
        task,
        || json!({"container_definitions": named(), "family": named(), "task_role_arn": {"references": ["aws_iam_role.task[\"api\"].arn", "aws_iam_role.task[\"api\"]", "aws_iam_role.task"]}}),
    ),
    block(
        "aws_ecs_service",
        "app",
        Many::One,
        service,
        || json!({"desired_count": constant(json!(2)), "name": named(), "task_definition": to("aws_ecs_task_definition.app", "arn")}),
    ),
    network(block(
        "aws_vpc",
        "main",
        Many::One,
        vpc,
        || json!({"cidr_block": {"references": ["var.size"]}}),
    )),
    network(block(
        "aws_subnet",
        "private",
        Many::Count(3),
        subnet,
        || json!({"availability_zone": {"references": ["count.index"]}, "cidr_block": {"references": ["count.index"]}, "vpc_id": to("aws_vpc.main", "id")}),
    )),
    network(block(
        "aws_route_table",
        "private",
        Many::One,
        route_table,
        || json!({"vpc_id": to("aws_vpc.main", "id")}),
    )),
    network(block(
        "aws_route_table_association",
        "private",
        Many::Count(3),
        association,
        || json!({"route_table_id": to("aws_route_table.private", "id"), "subnet_id": {"references": ["aws_subnet.private", "count.index"]}}),
    )),
];

fn security_group(place: &Place, random: &mut Random) -> Made {
    let port = random.one_of(&[22, 80, 443, 443, 3389, 5432, 8080, 8443]);
    let from = random.one_of(&["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8", "10.20.0.0/16"]);
    let rule = |port: u32, from: &str| {
        json!({"cidr_blocks": [from], "description": "", "from_port": port, "ipv6_cidr_blocks": [], "prefix_list_ids": [],
            "protocol": "tcp", "security_groups": [], "self": false, "to_port": port})
    };
    let known = json!({"description": "Application", "egress": [rule(443, "0.0.0.0/0")], "ingress": [rule(port, from), rule(8443, "10.0.0.0/8")],
        "name": place.name("app"), "revoke_rules_on_delete": false, "tags": tags(place), "tags_all": tags(place), "timeouts": null});
    made(known, &["arn", "id", "name_prefix", "owner_id", "vpc_id"])
}

fn security_group_rule(place: &Place, random: &mut Random) -> Made {
    let port = random.one_of(&[22, 443, 443, 3389, 5432, 6379]);
    let from = random.one_of(&["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12"]);
    let known = json!({"cidr_blocks": [from], "description": place.name("rule"), "from_port": port, "ipv6_cidr_blocks": null, "prefix_list_ids": null,
        "protocol": "tcp", "self": false, "timeouts": null, "to_port": port, "type": "ingress"});
    made(
        known,
        &[
            "id",
            "security_group_id",
            "security_group_rule_id",
            "source_security_group_id",
        ],
    )
}

fn bucket(place: &Place, random: &mut Random) -> Made {
    let known = json!({"bucket": place.name("data"), "force_destroy": random.is(10), "tags": tags(place), "tags_all": tags(place), "timeouts": null});
    made(
        known,
        &[
            "acceleration_status",
            "acl",
            "arn",
            "bucket_domain_name",
            "bucket_prefix",
            "bucket_regional_domain_name",
            "cors_rule",
            "grant",
            "hosted_zone_id",
            "id",
            "lifecycle_rule",
            "logging",
            "object_lock_enabled",
            "policy",
            "region",
            "replication_configuration",
            "request_payer",
            "server_side_encryption_configuration",
            "versioning",
            "website",
        ],
    )
}

fn versioning(_: &Place, random: &mut Random) -> Made {
    let status = random.one_of(&["Enabled", "Enabled", "Enabled", "Suspended"]);
    made(
        json!({"expected_bucket_owner": null, "mfa": null, "versioning_configuration": [{"mfa_delete": "Disabled", "status": status}]}),
        &["bucket", "id"],
    )
}

fn access_block(_: &Place, random: &mut Random) -> Made {
    let known = json!({"block_public_acls": random.is(90), "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": random.is(90)});
    made(known, &["bucket", "id"])
}

fn bucket_encryption(_: &Place, random: &mut Random) -> Made {
    let algorithm = json!([{"kms_master_key_id": "alias/data", "sse_algorithm": "aws:kms"}]);
    let rule = json!([{"apply_server_side_encryption_by_default": algorithm, "bucket_key_enabled": random.is(50)}]);
    made(json!({"expected_bucket_owner": null, "rule": rule}), &["bucket", "id"])
}

fn role(place: &Place, random: &mut Random) -> Made {
    let principal = if random.is(8) {
        json!("*")
    } else {
        json!({"Service": random.one_of(&["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"])})
    };
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": principal, "Sid": ""}]});
    let known = json!({"assume_role_policy": trust.to_string(), "description": "Runs the tasks of a team", "force_detach_policies": false,
        "max_session_duration": 3600, "name": place.name("task"), "path": "/", "permissions_boundary": null, "tags": tags(place), "tags_all": tags(place)});
    made(
        known,
        &[
            "arn",
            "create_date",
            "id",
            "inline_policy",
            "managed_policy_arns",
            "name_prefix",
            "unique_id",
        ],
    )
}

fn policy(place: &Place, random: &mut Random) -> Made {
    let bucket = format!("arn:aws:s3:::{}", place.name("data"));
    let mut statements = vec![
        json!({"Action": ["s3:GetObject", "s3:PutObject"], "Effect": "Allow", "Resource": [format!("{bucket}/*")], "Sid": "Objects"}),
        json!({"Action": "s3:ListBucket", "Effect": "Allow", "Resource": bucket, "Condition": {"StringLike": {"s3:prefix": ["in/*", "out/*"]}}}),
        json!({"Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"], "Effect": "Allow", "Resource": format!("arn:aws:sqs:*:*:{}", place.name("jobs"))}),
    ];
    if random.is(10) {
        statements.push(json!({"Action": "*", "Effect": "Allow", "Resource": "*"}));
    }
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    let known = json!({"description": "What a team's tasks may do", "name": place.name("access"), "path": "/", "policy": document.to_string(),
        "tags": tags(place), "tags_all": tags(place)});
    made(known, &["arn", "attachment_count", "id", "name_prefix", "policy_id"])
}

fn attachment(place: &Place, _: &mut Random) -> Made {
    made(json!({"role": place.name("task")}), &["id", "policy_arn"])
}

fn function(place: &Place, random: &mut Random) -> Made {
    let runtime = random.one_of(&["nodejs14.x", "nodejs22.x", "python3.13", "python3.7", "provided.al2023"]);
    let variables =
        json!({"LOG_LEVEL": "info", "TABLE": place.name("jobs"), "TEAM": format!("team-{:04}", place.team)});
    let known = json!({"architectures": ["arm64"], "code_signing_config_arn": null, "dead_letter_config": [], "description": "Works the queue off",
        "environment": [{"variables": variables}], "ephemeral_storage": [{"size": 512}], "file_system_config": [], "filename": null,
        "function_name": place.name("worker"), "handler": "index.handler", "image_config": [], "image_uri": null, "kms_key_arn": null, "layers": null,
        "memory_size": 256, "package_type": "Zip", "publish": false, "reserved_concurrent_executions": -1, "runtime": runtime, "s3_bucket": "releases",
        "s3_key": format!("{}.zip", place.name("worker")), "s3_object_version": null, "skip_destroy": false, "snap_start": [], "tags": tags(place),
        "tags_all": tags(place), "timeout": 30, "timeouts": null, "tracing_config": [{"mode": "PassThrough"}], "vpc_config": []});
    made(
        known,
        &[
            "arn",
            "code_sha256",
            "id",
            "invoke_arn",
            "last_modified",
            "logging_config",
            "qualified_arn",
            "role",
            "source_code_hash",
            "source_code_size",
            "version",
        ],
    )
}

fn permission(place: &Place, _: &mut Random) -> Made {
    let known = json!({"action": "lambda:InvokeFunction", "event_source_token": null, "function_name": place.name("worker"), "function_url_auth_type": null,
        "principal": "events.amazonaws.com", "principal_org_id": null, "qualifier": null, "source_account": null, "source_arn": null});
    made(known, &["id", "statement_id", "statement_id_prefix"])
}

fn log_group(place: &Place, random: &mut Random) -> Made {
    // One in ten functions logs to a group of another name.
    let name = if random.is(10) {
        place.name("other")
    } else {
        place.name("worker")
    };
    let known = json!({"kms_key_id": null, "log_group_class": "STANDARD", "name": format!("/aws/lambda/{name}"), "retention_in_days": random.one_of(&[0, 14, 30, 90, 365]),
        "skip_destroy": false, "tags": tags(place), "tags_all": tags(place)});
    made(known, &["arn", "id", "name_prefix"])
}

fn alarm(place: &Place, random: &mut Random) -> Made {
    let known = json!({"actions_enabled": true, "alarm_description": "Too many errors", "alarm_name": place.name("errors"), "comparison_operator": "GreaterThanThreshold",
        "datapoints_to_alarm": null, "dimensions": {"FunctionName": place.name("worker")}, "evaluation_periods": 2, "extended_statistic": null,
        "insufficient_data_actions": null, "metric_name": "Errors", "metric_query": [], "namespace": "AWS/Lambda", "ok_actions": null, "period": 60,
        "statistic": "Sum", "tags": tags(place), "tags_all": tags(place), "threshold": random.next() % 50, "threshold_metric_id": null,
        "treat_missing_data": "missing", "unit": null});
    made(
        known,
        &["alarm_actions", "arn", "evaluate_low_sample_count_percentiles", "id"],
    )
}

fn queue(place: &Place, random: &mut Random) -> Made {
    let key = if random.is(60) {
        json!("alias/data")
    } else {
        Value::Null
    };
    let known = json!({"content_based_deduplication": false, "delay_seconds": 0, "fifo_queue": false, "kms_master_key_id": key, "max_message_size": 262_144,
        "message_retention_seconds": 345_600, "name": place.name("jobs"), "receive_wait_time_seconds": 0, "sqs_managed_sse_enabled": random.is(30),
        "tags": tags(place), "tags_all": tags(place), "timeouts": null, "visibility_timeout_seconds": 30});
    made(
        known,
        &[
            "arn",
            "deduplication_scope",
            "fifo_throughput_limit",
            "id",
            "kms_data_key_reuse_period_seconds",
            "name_prefix",
            "policy",
            "redrive_allow_policy",
            "redrive_policy",
            "url",
        ],
    )
}

fn topic(place: &Place, _: &mut Random) -> Made {
    let known = json!({"application_failure_feedback_role_arn": null, "content_based_deduplication": false, "delivery_policy": null, "display_name": null,
        "fifo_topic": false, "name": place.name("alarms"), "signature_version": 2, "tags": tags(place), "tags_all": tags(place)});
    made(
        known,
        &[
            "arn",
            "beginning_archive_time",
            "id",
            "kms_master_key_id",
            "name_prefix",
            "owner",
            "policy",
            "tracing_config",
        ],
    )
}

fn key(place: &Place, random: &mut Random) -> Made {
    let known = json!({"bypass_policy_lockout_safety_check": false, "custom_key_store_id": null, "customer_master_key_spec": "SYMMETRIC_DEFAULT",
        "deletion_window_in_days": 30, "description": "Data at rest", "enable_key_rotation": random.is(70), "is_enabled": true, "key_usage": "ENCRYPT_DECRYPT",
        "tags": tags(place), "tags_all": tags(place), "timeouts": null, "xks_key_id": null});
    made(
        known,
        &[
            "arn",
            "id",
            "key_id",
            "multi_region",
            "policy",
            "rotation_period_in_days",
        ],
    )
}

fn alias(place: &Place, _: &mut Random) -> Made {
    made(
        json!({"name": format!("alias/{}", place.name("data"))}),
        &["arn", "id", "name_prefix", "target_key_arn", "target_key_id"],
    )
}

fn database(place: &Place, random: &mut Random) -> Made {
    let known = json!({"allocated_storage": 100, "allow_major_version_upgrade": null, "apply_immediately": false, "auto_minor_version_upgrade": true,
        "backup_retention_period": random.one_of(&[0, 7, 14]), "copy_tags_to_snapshot": true, "customer_owned_ip_enabled": null, "db_subnet_group_name": "private",
        "dedicated_log_volume": false, "delete_automated_backups": true, "deletion_protection": random.is(50), "enabled_cloudwatch_logs_exports": ["postgresql"],
        "engine": "postgres", "engine_version": "16.4", "final_snapshot_identifier": null, "iam_database_authentication_enabled": true,
        "identifier": place.name("main"), "instance_class": "db.t4g.medium", "manage_master_user_password": null, "max_allocated_storage": 500,
        "monitoring_interval": 60, "multi_az": true, "password": "hunter2hunter2", "performance_insights_enabled": true, "port": 5432,
        "publicly_accessible": random.is(15), "skip_final_snapshot": true, "storage_encrypted": random.is(80), "storage_type": "gp3", "tags": tags(place),
        "tags_all": tags(place), "timeouts": null, "username": "postgres"});
    let unknown = &[
        "address",
        "arn",
        "availability_zone",
        "backup_target",
        "backup_window",
        "ca_cert_identifier",
        "db_name",
        "endpoint",
        "hosted_zone_id",
        "id",
        "kms_key_id",
        "license_model",
        "listener_endpoint",
        "maintenance_window",
        "master_user_secret",
        "option_group_name",
        "parameter_group_name",
        "replicas",
        "resource_id",
        "snapshot_identifier",
        "status",
        "vpc_security_group_ids",
    ];
    Made {
        sensitive: &["password"],
        ..made(known, unknown)
    }
}

fn instance(place: &Place, random: &mut Random) -> Made {
    let tokens = random.one_of(&["optional", "required", "required"]);
    let known = json!({"ami": "ami-0123456789abcdef0", "credit_specification": [], "get_password_data": false, "hibernation": null, "instance_type": "t3.micro",
        "launch_template": [], "metadata_options": [{"http_endpoint": "enabled", "http_protocol_ipv6": "disabled", "http_put_response_hop_limit": 1, "http_tokens": tokens,
            "instance_metadata_tags": "disabled"}],
        "source_dest_check": true, "tags": tags(place), "tags_all": tags(place), "timeouts": null, "user_data": null, "user_data_replace_on_change": false,
        "volume_tags": null});
    made(
        known,
        &[
            "arn",
            "associate_public_ip_address",
            "availability_zone",
            "capacity_reservation_specification",
            "cpu_options",
            "disable_api_stop",
            "disable_api_termination",
            "ebs_block_device",
            "ebs_optimized",
            "enclave_options",
            "ephemeral_block_device",
            "host_id",
            "iam_instance_profile",
            "id",
            "instance_state",
            "ipv6_addresses",
            "key_name",
            "monitoring",
            "network_interface",
            "placement_group",
            "primary_network_interface_id",
            "private_dns",
            "private_ip",
            "public_dns",
            "public_ip",
            "root_block_device",
            "secondary_private_ips",
            "security_groups",
            "subnet_id",
            "tenancy",
            "user_data_base64",
            "vpc_security_group_ids",
        ],
    )
}

fn volume(place: &Place, random: &mut Random) -> Made {
    let known = json!({"availability_zone": "eu-central-1a", "encrypted": random.is(80), "final_snapshot": false, "multi_attach_enabled": null, "outpost_arn": null,
        "size": 20, "tags": tags(place), "tags_all": tags(place), "timeouts": null, "type": "gp3"});
    made(known, &["arn", "id", "iops", "kms_key_id", "snapshot_id", "throughput"])
}

fn record(place: &Place, _: &mut Random) -> Made {
    let known = json!({"alias": [], "cidr_routing_policy": [], "failover_routing_policy": [], "geolocation_routing_policy": [], "health_check_id": null,
        "latency_routing_policy": [], "multivalue_answer_routing_policy": null, "name": format!("{}.example.com", place.name("service")), "records": ["lb.example.com"],
        "set_identifier": null, "ttl": 300, "type": "CNAME", "weighted_routing_policy": [], "zone_id": "Z0123456789ABCDEFGHIJ"});
    made(known, &["allow_overwrite", "fqdn", "id"])
}

fn parameter(place: &Place, random: &mut Random) -> Made {
    let known = json!({"allowed_pattern": null, "description": "A secret of a team", "name": format!("/{}", place.name("secret")), "overwrite": null,
        "tags": tags(place), "tags_all": tags(place), "tier": "Standard", "type": "SecureString", "value": format!("{:016x}", random.next())});
    Made {
        sensitive: &["value"],
        ..made(
            known,
            &["arn", "data_type", "id", "insecure_value", "key_id", "version"],
        )
    }
}

fn task(place: &Place, _: &mut Random) -> Made {
    let containers = json!([{"name": "app", "image": "registry.example.com/app:1.2.3", "cpu": 256, "memory": 512, "essential": true,
        "environment": [{"name": "TEAM", "value": format!("team-{:04}", place.team)}], "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": place.name("app"), "awslogs-region": "eu-central-1"}}}]);
    let known = json!({"container_definitions": containers.to_string(), "cpu": "256", "execution_role_arn": null, "family": place.name("app"), "ipc_mode": null,
        "memory": "512", "network_mode": "awsvpc", "pid_mode": null, "requires_compatibilities": ["FARGATE"], "runtime_platform": [], "skip_destroy": false,
        "tags": tags(place), "tags_all": tags(place), "track_latest": false, "volume": []});
    made(
        known,
        &["arn", "arn_without_revision", "id", "revision", "task_role_arn"],
    )
}

fn service(place: &Place, _: &mut Random) -> Made {
    let known = json!({"alarms": [], "capacity_provider_strategy": [], "deployment_maximum_percent": 200, "deployment_minimum_healthy_percent": 100,
        "desired_count": 2, "enable_ecs_managed_tags": false, "enable_execute_command": false, "force_new_deployment": null, "launch_type": "FARGATE",
        "load_balancer": [], "name": place.name("app"), "network_configuration": [], "propagate_tags": "SERVICE", "scheduling_strategy": "REPLICA",
        "tags": tags(place), "tags_all": tags(place), "timeouts": null, "wait_for_steady_state": false});
    made(
        known,
        &[
            "cluster",
            "iam_role",
            "id",
            "platform_version",
            "task_definition",
            "triggers",
        ],
    )
}

fn vpc(place: &Place, _: &mut Random) -> Made {
    let known = json!({"assign_generated_ipv6_cidr_block": null, "cidr_block": "10.20.0.0/16", "enable_dns_hostnames": true, "enable_dns_support": true,
        "instance_tenancy": "default", "ipv4_ipam_pool_id": null, "tags": tags(place), "tags_all": tags(place)});
    made(
        known,
        &[
            "arn",
            "default_network_acl_id",
            "default_route_table_id",
            "default_security_group_id",
            "dhcp_options_id",
            "id",
            "ipv6_cidr_block",
            "main_route_table_id",
            "owner_id",
        ],
    )
}

fn subnet(place: &Place, _: &mut Random) -> Made {
    let known = json!({"assign_ipv6_address_on_creation": false, "availability_zone": zone(place), "cidr_block": format!("10.20.{}.0/24", place.nth),
        "enable_dns64": false, "ipv6_native": false, "map_public_ip_on_launch": false, "outpost_arn": null, "tags": tags(place), "tags_all": tags(place), "timeouts": null});
    made(
        known,
        &[
            "arn",
            "availability_zone_id",
            "id",
            "ipv6_cidr_block_association_id",
            "owner_id",
            "private_dns_hostname_type_on_launch",
            "vpc_id",
        ],
    )
}

fn zone(place: &Place) -> String {
    let zone = ["a", "b", "c"][place.nth % 3];
    format!("{}-central-1{zone}", place.region)
}

fn route_table(place: &Place, _: &mut Random) -> Made {
    made(
        json!({"tags": tags(place), "tags_all": tags(place), "timeouts": null}),
        &["arn", "id", "owner_id", "propagating_vgws", "route", "vpc_id"],
    )
}

fn association(_: &Place, _: &mut Random) -> Made {
    made(
        json!({"gateway_id": null, "timeouts": null}),
        &["id", "route_table_id", "subnet_id"],
    )
}
