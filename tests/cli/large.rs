//! A plan that is read with no more of it than its policies see says what it says where it is read whole.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::support::{Folder, Run, plangate};

/// Ways to see something of a bucket, a queue or a removed table, each of a policy of its own.
const RULES: [(&str, &str); 24] = [
    (
        "own_tags",
        "some r in input.resources.aws_s3_bucket\n\tr.values.tags_all.team == \"own\"",
    ),
    (
        "value",
        "some r in input.resources.aws_s3_bucket\n\tr.values.bucket == \"b-3\"",
    ),
    (
        "unknown",
        "some r in input.resources.aws_s3_bucket\n\tr.values.arn.unknown",
    ),
    (
        "sensitive",
        "some r in input.resources.aws_s3_bucket\n\tr.values.bucket_prefix.sensitive",
    ),
    (
        "module",
        "some r in input.resources.aws_s3_bucket\n\tr.module == \"module.m\"",
    ),
    ("name", "some r in input.resources.aws_s3_bucket\n\tr.name == \"b\""),
    (
        "actions",
        "some r in input.resources.aws_s3_bucket\n\t\"update\" in r.actions",
    ),
    ("index", "some r in input.resources.aws_s3_bucket\n\tr.index == 3"),
    (
        "before",
        "some r in input.resources.aws_s3_bucket\n\tr.before.bucket == \"old-3\"",
    ),
    (
        "removed",
        "some r in input.removed.aws_dynamodb_table\n\tr.values.name == \"t\"",
    ),
    (
        "config",
        "some r in input.resources.aws_s3_bucket\n\tr.config.bucket.references",
    ),
    (
        "references",
        "some r in input.resources.aws_sqs_queue\n\tr.references.kms_master_key_id",
    ),
    (
        "escaped_type",
        "some r in input.resources[\"aws\\u005fs3_bucket\"]\n\tr.values.bucket == \"b-3\"",
    ),
    (
        "escaped_part",
        "some r in input.resources.aws_s3_bucket\n\tr[\"mod\\u0075le\"] == \"module.m\"",
    ),
    (
        "get",
        "some r in input.resources.aws_s3_bucket\n\tdata.lib.tf.get(r, \"bucket\", \"\") == \"b-3\"",
    ),
    (
        "computed_name",
        "some r in input.resources.aws_s3_bucket\n\tdata.lib.tf.get(r, concat(\"_\", [\"bucket\", \"prefix\"]), \
         null).sensitive",
    ),
    (
        "computed_step",
        "name := concat(\"_\", [\"bucket\", \"prefix\"])\n\tsome r in input.resources.aws_s3_bucket\n\t\
         data.lib.tf.get(r, [\"tags\", name][1], null).sensitive",
    ),
    (
        "attached",
        "some bucket in input.resources.aws_s3_bucket\n\tsome r in data.lib.tf.attached(bucket, \"aws_sqs_queue\", \
         \"kms_master_key_id\")\n\tsome _, part in r\n\tpart == [\"create\"]",
    ),
    (
        "section",
        "some all in data.lib.tf.section (\"managed\")\n\tsome r in all\n\tr.name == \"b\"",
    ),
    (
        "section_by_key",
        "some all in data.lib[\"tf\"][\"section\"](\"managed\")\n\tsome r in all\n\tr.name == \"b\"",
    ),
    (
        "left_out",
        "some r in input.resources.aws_s3_bucket\n\tdata.lib.tf.is_left_out(r, \"acl\")",
    ),
    (
        "candidates",
        "some r in input.resources.aws_sqs_queue\n\tcount(data.lib.tf.candidates(r, \"kms_master_key_id\")) > 0",
    ),
    (
        "whole",
        "some r in input.resources.aws_s3_bucket\n\tcontains(json.marshal(r), \"provider_config\")",
    ),
    (
        "members",
        "some r in input.resources.aws_s3_bucket\n\tsome _, v in r\n\tv == [\"update\"]",
    ),
];

/// A policy of which a rule denies what it finds.
fn policy(name: &str, rule: &str) -> String {
    format!(
        "# METADATA\n# title: It is there\n# description: It is.\n# scope: package\n# custom:\n#   severity: low\n#   since: \
         0.1.0\n#   examines: [aws_s3_bucket, aws_sqs_queue, removed]\n#   remediation: None.\npackage large.{name}\n\n\
         deny contains {{\"address\": r.address, \"message\": \"found\"}} if {{\n\t{rule}\n}}\n"
    )
}

/// A plan of more than a megabyte, of this many queues besides.
fn plan(queues: usize) -> String {
    let mut changes = String::new();
    for bucket in 0..8 {
        let module = if bucket % 2 == 0 { "module.m." } else { "" };
        let own = if bucket == 1 { r#","team":"own""# } else { "" };
        let before = match bucket {
            3 => r#"{"bucket":"old-3","tags":{},"tags_all":{"owner":"x"}}"#,
            _ => "null",
        };
        let action = if bucket == 3 { "update" } else { "create" };
        let _ = write!(
            changes,
            r#"{{"address":"{module}aws_s3_bucket.b[{bucket}]",{parent}"mode":"managed","type":"aws_s3_bucket","name":"b",
            "index":{bucket},"provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["{action}"],
            "before":{before},"after":{{"bucket":"b-{bucket}","bucket_prefix":"p","tags":{{"a":"b"{own}}},
            "tags_all":{{"a":"b","owner":"x"{own}}}}},"after_unknown":{{"arn":true}},"before_sensitive":false,
            "after_sensitive":{{"bucket_prefix":true}}}}}},"#,
            parent = if module.is_empty() {
                ""
            } else {
                r#""module_address":"module.m","#
            },
        );
    }
    let text = "x".repeat(1_200_000 / queues);
    for queue in 0..queues {
        let _ = write!(
            changes,
            r#"{{"address":"aws_sqs_queue.q[{queue}]","mode":"managed","type":"aws_sqs_queue","name":"q","index":{queue},
            "provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["create"],"before":null,
            "after":{{"policy":"{text}"}},"after_unknown":{{"kms_master_key_id":true}}}}}},"#
        );
    }
    format!(
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","variables":{{"tags":{{"value":{{"owner":"x"}}}}}},
        "planned_values":{{"root_module":{{}}}},"resource_changes":[{changes}
        {{"address":"aws_dynamodb_table.t","mode":"managed","type":"aws_dynamodb_table","name":"t",
        "provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["delete"],"before":{{"name":"t"}},
        "after":null,"after_unknown":{{}}}}}}],"configuration":{{
        "provider_config":{{"aws":{{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws",
        "expressions":{{"default_tags":[{{"tags":{{"references":["var.tags"]}}}}]}}}}}},
        "root_module":{{"variables":{{"tags":{{"sensitive":true}}}},"module_calls":{{"m":{{"module":{{"resources":[
        {{"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b","provider_config_key":"aws",
        "expressions":{{"bucket":{{"references":["count.index"]}}}}}}]}}}}}},"resources":[
        {{"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b","provider_config_key":"aws",
        "expressions":{{"bucket":{{"references":["count.index"]}}}}}},
        {{"address":"aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q","provider_config_key":"aws",
        "expressions":{{"kms_master_key_id":{{"references":["aws_s3_bucket.b[1].arn","aws_s3_bucket.b[1]",
        "aws_s3_bucket.b"]}}}}}}]}}}}}}"#
    )
}

/// The policies of these rules, in a folder for plans of so many queues.
fn policies(queues: usize) -> (Folder, String) {
    let folder = Folder::new(&format!("large-{queues}"));
    for (name, rule) in RULES {
        folder.write(&format!("policies/large/{name}/{name}.rego"), &policy(name, rule));
    }
    let policies = folder.path("policies");
    (folder, policies)
}

/// What one of the policies says of a plan.
fn check(policies: &str, name: &str, plan: &str, input: &str) -> Run {
    let only = format!("large.{name}");
    plangate(
        &["check", "--policy", policies, "--only", &only, "--format", "json", plan],
        input,
    )
}

#[test]
fn it_says_the_same() {
    let (folder, policies) = policies(300);
    let text = plan(300);
    let path = folder.write("plan.json", &text);
    for (name, _) in RULES {
        let large = check(&policies, name, &path, "");
        let whole = check(&policies, name, "-", &text);
        let said = |run: &Run| format!("{} {}", run.code, run.stdout.replace(&format!("\"{path}\""), "\"-\""));
        assert_eq!(said(&large), said(&whole), "{name}");
        assert!(large.stdout.contains("\"verdict\": \"fail\""), "{name}");
    }
    // What is read whole is decoded.
    let timed = plangate(
        &["check", "--policy", &policies, "--only", "large", "--timings", &path],
        "",
    );
    assert!(timed.stderr.contains("\nparse ") && !timed.stderr.contains("\ndecode "));
}

/// The addresses that fail, of the queues without their keys.
fn failing(run: &Run) -> BTreeSet<String> {
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();
    let failing = rows.iter().filter(|row| row["verdict"] == "fail");
    let addresses = failing.map(|row| row["address"].as_str().unwrap());
    addresses
        .map(|address| match address.starts_with("aws_sqs_queue") {
            true => "aws_sqs_queue.q".to_owned(),
            false => address.to_owned(),
        })
        .collect()
}

#[test]
fn of_so_many_resources_that_the_rest_is_left_out_of_the_model_it_says_the_same() {
    let (folder, policies) = policies(2_500);
    let (small, text) = (plan(300), plan(2_500));
    let path = folder.write("plan.json", &text);
    for (name, _) in RULES {
        let whole = failing(&check(&policies, name, "-", &small));
        assert!(!whole.is_empty(), "{name}");
        assert_eq!(failing(&check(&policies, name, &path, "")), whole, "{name} of a file");
        assert_eq!(failing(&check(&policies, name, "-", &text)), whole, "{name} of a text");
    }
}
