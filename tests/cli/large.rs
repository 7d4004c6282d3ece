//! A plan that is read with no more of it than its policies see says what it says where it is read whole.

use std::fmt::Write;

use super::support::{Folder, Run, plangate};

/// Ways to see something of a bucket, a queue or a removed table, each of a policy of its own.
const RULES: [(&str, &str); 20] = [
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
        "expressions":{{"kms_master_key_id":{{"references":["aws_s3_bucket.b"]}}}}}}]}}}}}}"#
    )
}

/// What a check says, in which the plan has no name.
fn said(run: &Run, plan: &str) -> String {
    let json = run.stdout.replace(&format!("\"{plan}\""), "\"-\"");
    format!("{} {json}", run.code)
}

/// Compares what policies of these rules say of a plan of so many queues.
fn compare(queues: usize, rules: &[(&str, &str)]) {
    let folder = Folder::new(&format!("large-{queues}"));
    let text = plan(queues);
    let path = folder.write("plan.json", &text);
    for (name, rule) in rules {
        folder.write(&format!("policies/large/{name}/{name}.rego"), &policy(name, rule));
    }
    let policies = folder.path("policies");
    for (name, _) in rules {
        let only = format!("large.{name}");
        let arguments = ["check", "--policy", &policies, "--only", &only, "--format", "json"];
        let large = plangate(&[&arguments[..], &[&path]].concat(), "");
        let whole = plangate(&[&arguments[..], &["-"]].concat(), &text);
        assert_eq!(said(&large, &path), said(&whole, &path), "{only} of {queues}");
        assert!(large.stdout.contains("\"verdict\": \"fail\""), "{only} of {queues}");
    }
    // What is read whole is decoded.
    let timed = plangate(
        &["check", "--policy", &policies, "--only", "large", "--timings", &path],
        "",
    );
    assert!(timed.stderr.contains("\nparse ") && !timed.stderr.contains("\ndecode "));
}

#[test]
fn it_says_the_same() {
    compare(300, &RULES);
    // So many that the rest is left out of the model, however the plan is read.
    compare(2_500, &RULES[..1]);
}
