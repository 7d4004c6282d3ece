//! References by known value: an argument that names a resource of the plan by its name, id or ARN
//! is as good as a reference to it.

use std::collections::HashMap;
use std::sync::Arc;

use super::value::Value;

/// An argument and the attributes that its value names, in the resources of the AWS provider.
/// An argument with a dot is one inside that block.
const NAMES: &[(&str, &[(&str, &str)])] = &[
    ("api_id", &[("aws_apigatewayv2_api", "id")]),
    ("autoscaling_group_name", &[("aws_autoscaling_group", "name")]),
    ("bucket", &[("aws_s3_bucket", "bucket"), ("aws_s3_bucket", "id")]),
    ("bucket_name", &[("aws_s3_bucket", "bucket")]),
    ("cluster", &[("aws_ecs_cluster", "name"), ("aws_ecs_cluster", "arn")]),
    (
        "cluster_identifier",
        &[
            ("aws_rds_cluster", "cluster_identifier"),
            ("aws_redshift_cluster", "cluster_identifier"),
        ],
    ),
    (
        "cluster_name",
        &[("aws_eks_cluster", "name"), ("aws_ecs_cluster", "name")],
    ),
    (
        "db_cluster_parameter_group_name",
        &[("aws_rds_cluster_parameter_group", "name")],
    ),
    ("db_parameter_group_name", &[("aws_db_parameter_group", "name")]),
    ("db_subnet_group_name", &[("aws_db_subnet_group", "name")]),
    ("detector_id", &[("aws_guardduty_detector", "id")]),
    ("dimensions.AutoScalingGroupName", &[("aws_autoscaling_group", "name")]),
    ("dimensions.InstanceId", &[("aws_instance", "id")]),
    ("file_system_id", &[("aws_efs_file_system", "id")]),
    (
        "function_name",
        &[("aws_lambda_function", "function_name"), ("aws_lambda_function", "arn")],
    ),
    (
        "gateway_id",
        &[("aws_internet_gateway", "id"), ("aws_vpn_gateway", "id")],
    ),
    ("group", &[("aws_iam_group", "name")]),
    ("group_names", &[("aws_autoscaling_group", "name")]),
    ("groups", &[("aws_iam_group", "name")]),
    ("iam_instance_profile", &[("aws_iam_instance_profile", "name")]),
    ("iam_instance_profile.name", &[("aws_iam_instance_profile", "name")]),
    ("instance_id", &[("aws_instance", "id")]),
    ("internet_gateway_id", &[("aws_internet_gateway", "id")]),
    ("key_id", &[("aws_kms_key", "key_id"), ("aws_kms_key", "arn")]),
    ("kms_key_id", &[("aws_kms_key", "key_id"), ("aws_kms_alias", "name")]),
    (
        "kms_master_key_id",
        &[("aws_kms_key", "key_id"), ("aws_kms_alias", "name")],
    ),
    (
        "launch_configuration",
        &[("aws_launch_configuration", "name"), ("aws_launch_configuration", "id")],
    ),
    ("launch_template.id", &[("aws_launch_template", "id")]),
    ("launch_template.name", &[("aws_launch_template", "name")]),
    ("launch_template_id", &[("aws_launch_template", "id")]),
    ("launch_template_name", &[("aws_launch_template", "name")]),
    ("log_group_name", &[("aws_cloudwatch_log_group", "name")]),
    ("option_group_name", &[("aws_db_option_group", "name")]),
    (
        "parameter_group_name",
        &[
            ("aws_db_parameter_group", "name"),
            ("aws_elasticache_parameter_group", "name"),
            ("aws_redshift_parameter_group", "name"),
        ],
    ),
    ("policy_id", &[("aws_organizations_policy", "id")]),
    ("queue_url", &[("aws_sqs_queue", "url"), ("aws_sqs_queue", "id")]),
    ("referenced_security_group_id", &[("aws_security_group", "id")]),
    ("replication_group_id", &[("aws_elasticache_replication_group", "id")]),
    ("repository", &[("aws_ecr_repository", "name")]),
    ("repository_name", &[("aws_ecr_repository", "name")]),
    ("rest_api_id", &[("aws_api_gateway_rest_api", "id")]),
    ("role", &[("aws_iam_role", "name"), ("aws_iam_role", "id")]),
    ("role_name", &[("aws_iam_role", "name")]),
    ("roles", &[("aws_iam_role", "name")]),
    (
        "route_table_id",
        &[("aws_route_table", "id"), ("aws_default_route_table", "id")],
    ),
    (
        "route_table_ids",
        &[("aws_route_table", "id"), ("aws_default_route_table", "id")],
    ),
    ("rule", &[("aws_cloudwatch_event_rule", "name")]),
    ("s3_bucket", &[("aws_s3_bucket", "bucket")]),
    ("s3_bucket_name", &[("aws_s3_bucket", "bucket")]),
    (
        "secret_id",
        &[
            ("aws_secretsmanager_secret", "id"),
            ("aws_secretsmanager_secret", "name"),
        ],
    ),
    (
        "security_group_id",
        &[("aws_security_group", "id"), ("aws_default_security_group", "id")],
    ),
    (
        "security_group_ids",
        &[("aws_security_group", "id"), ("aws_default_security_group", "id")],
    ),
    (
        "security_groups",
        &[("aws_security_group", "id"), ("aws_default_security_group", "id")],
    ),
    ("source_security_group_id", &[("aws_security_group", "id")]),
    ("subnet_group_name", &[("aws_elasticache_subnet_group", "name")]),
    ("subnet_id", &[("aws_subnet", "id")]),
    ("subnet_ids", &[("aws_subnet", "id")]),
    ("subnets", &[("aws_subnet", "id")]),
    ("table_name", &[("aws_dynamodb_table", "name")]),
    ("target_bucket", &[("aws_s3_bucket", "bucket"), ("aws_s3_bucket", "id")]),
    ("target_key_id", &[("aws_kms_key", "key_id"), ("aws_kms_key", "arn")]),
    ("user", &[("aws_iam_user", "name")]),
    ("user_pool_id", &[("aws_cognito_user_pool", "id")]),
    ("users", &[("aws_iam_user", "name")]),
    ("vpc_id", &[("aws_vpc", "id"), ("aws_default_vpc", "id")]),
    (
        "vpc_security_group_ids",
        &[("aws_security_group", "id"), ("aws_default_security_group", "id")],
    ),
    ("vpc_zone_identifier", &[("aws_subnet", "id")]),
];

/// Arguments of one type that carry the name of another.
const NAMES_OF_TYPE: &[(&str, &str, &str, &str)] = &[
    (
        "aws_config_configuration_recorder_status",
        "name",
        "aws_config_configuration_recorder",
        "name",
    ),
    (
        "aws_wafv2_web_acl_logging_configuration",
        "resource_arn",
        "aws_wafv2_web_acl",
        "arn",
    ),
];

/// More instances of one name than this are named by none, so that the work stays linear.
const NAMESAKES: usize = 16;

/// What an argument such as `access_logs.bucket` takes: types, and the attribute that names them.
fn targets(argument: &str) -> &'static [(&'static str, &'static str)] {
    let row = |name: &str| NAMES.binary_search_by_key(&name, |row| row.0).map(|at| NAMES[at].1);
    let leaf = argument.rsplit('.').next().unwrap_or(argument);
    row(argument).or_else(|_| row(leaf)).unwrap_or_default()
}

/// The types that an argument takes the name of; none where this is not known.
pub(crate) fn kinds(argument: &str) -> impl Iterator<Item = &'static str> {
    targets(argument).iter().map(|target| target.0)
}

/// The attributes by which arguments name a resource of this type.
pub(crate) fn naming(kind: &str) -> Vec<&'static str> {
    let rows = NAMES.iter().flat_map(|row| row.1.iter().copied());
    let rows = rows.chain(NAMES_OF_TYPE.iter().map(|row| (row.2, row.3)));
    let mut names: Vec<_> = rows.filter(|row| row.0 == kind).map(|row| row.1).collect();
    names.push("arn");
    names
}

/// The instances that have each name.
type Named = HashMap<Arc<str>, Vec<usize>>;

/// The instances of a plan by the values that name them.
pub(crate) struct Identities {
    by_attribute: HashMap<(&'static str, &'static str), Named>,
    arns: Named,
}

impl Identities {
    /// Indexes managed instances by type and values.
    pub(crate) fn new<'v>(instances: impl Iterator<Item = (usize, &'v str, &'v Value)>) -> Self {
        let mut attributes: HashMap<&str, Vec<(&'static str, &'static str)>> = HashMap::new();
        let rows = NAMES.iter().flat_map(|(_, targets)| targets.iter().copied());
        for target in rows.chain(NAMES_OF_TYPE.iter().map(|row| (row.2, row.3))) {
            let known = attributes.entry(target.0).or_default();
            if !known.contains(&target) {
                known.push(target);
            }
        }
        let mut identities = Identities {
            by_attribute: HashMap::new(),
            arns: HashMap::new(),
        };
        let note = |names: &mut Named, name: &Arc<str>, at: usize| {
            let named = names.entry(name.clone()).or_default();
            if named.len() <= NAMESAKES {
                named.push(at);
            }
        };
        for (at, kind, values) in instances {
            for target in attributes.get(kind).into_iter().flatten() {
                if let Some(Value::String(value)) = values.get(target.1) {
                    note(identities.by_attribute.entry(*target).or_default(), value, at);
                }
            }
            if let Some(Value::String(arn)) = values.get("arn") {
                note(&mut identities.arns, arn, at);
            }
        }
        identities
    }

    /// The instances that an argument's value names, and by which attribute: one, or those that share the name.
    /// `argument` is a path such as `access_logs.bucket`.
    pub(crate) fn named(&self, kind: &str, argument: &str, value: &str) -> Option<(&[usize], &'static str)> {
        let few = |named: &'_ Vec<usize>| named.len() <= NAMESAKES;
        if value.starts_with("arn:") {
            return Some((self.arns.get(value).filter(|named| few(named))?, "arn"));
        }
        let of_type = NAMES_OF_TYPE
            .iter()
            .filter(|row| (row.0, row.1) == (kind, argument))
            .map(|row| (row.2, row.3));
        let (named, attribute) = targets(argument)
            .iter()
            .copied()
            .chain(of_type)
            .find_map(|target| Some((self.by_attribute.get(&target)?.get(value)?, target.1)))?;
        few(named).then_some((named, attribute))
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, kinds};

    #[test]
    fn arguments_are_sorted_to_be_found() {
        assert!(NAMES.is_sorted_by_key(|row| row.0));
        assert!(kinds("access_logs.bucket").any(|kind| kind == "aws_s3_bucket"));
        assert_eq!(kinds("no_such_argument").count(), 0);
    }
}
