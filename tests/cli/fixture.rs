use std::collections::BTreeSet;

use serde_json::Value;

use super::beside;
use super::support::{Folder, Run, demo, plangate};

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");

fn fixture(plan: &str, policy: &str, address: &str, more: &[&str]) -> Run {
    let arguments = ["fixture", plan, "--policy", policy, "--address", address];
    plangate(&[&arguments[..], more].concat(), "")
}

/// What a policy says of the plan at a path, by address.
fn verdicts(plan: &str, policy: &str) -> Vec<(String, String)> {
    let run = plangate(
        &[
            "check",
            plan,
            "--only",
            policy,
            "--format",
            "json",
            "--as-of",
            "2026-11-22",
        ],
        "",
    );
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter()
        .map(|row| (text(&row["address"]), text(&row["verdict"])))
        .collect()
}

/// The names, keys and values that a person has given in a plan.
fn given(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| given(element, found)),
        Value::Object(members) => {
            for (name, value) in members {
                let is_given = matches!(
                    &**name,
                    "name" | "index" | "bucket" | "id" | "arn" | "bucket_prefix" | "Name"
                );
                match value {
                    Value::String(text) if is_given && text.len() > 2 => drop(found.insert(text.clone())),
                    value => given(value, found),
                }
            }
        }
        _ => {}
    }
}

/// Cuts a plan, and makes sure of what is left.
fn cut(plan: &str, policy: &str, address: &str, verdict: &str, name: &str) -> (usize, usize) {
    let folder = Folder::new(name);
    let run = fixture(plan, policy, address, &["--output", &folder.path("")]);
    assert_eq!(run.code, 0, "{policy} {address}: {}", run.stderr);
    let path = run.stdout.trim_end();
    assert_eq!(path, folder.path(&format!("{verdict}_cut/plan.json")));
    let count = |path: &str| {
        let plan: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let number = plan["resource_changes"].as_array().map_or(0, Vec::len);
        (plan, number)
    };
    let ((original, before), (left, after)) = (count(plan), count(path));
    let renamed = run.stderr.trim_end().rsplit_once(" is called ").unwrap().1;
    let judged = verdicts(path, policy);
    assert!(
        judged.contains(&(renamed.to_owned(), verdict.to_owned())),
        "{policy} {renamed}: {judged:?}"
    );
    let mut names = BTreeSet::new();
    given(&original, &mut names);
    let (mut kept, shown) = (BTreeSet::new(), left.to_string());
    given(&left, &mut kept);
    let survivors: Vec<_> = names.intersection(&kept).filter(|name| **name != "aws").collect();
    assert!(survivors.is_empty(), "{survivors:?} of {policy} in {shown}");
    assert!(!shown.contains("123456789012"), "{shown}");
    (before, after)
}

#[test]
fn what_is_left_is_small_anonymous_and_judged_the_same() {
    for (index, (policy, address, verdict)) in [
        ("aws.s3.https_only", "aws_s3_bucket.uploads", "fail"),
        ("aws.security_group.open_ingress", "aws_security_group.admin", "unknown"),
        ("aws.kms.rotation", "", "pass"),
        ("aws.s3.public_policy", "", "pass"),
        ("aws.iam.trust_anyone", "", "pass"),
        ("aws.iam.document", "", "pass"),
    ]
    .into_iter()
    .enumerate()
    {
        let first = || verdicts(PLAN, policy).into_iter().find(|(_, found)| found == verdict);
        let address = if address.is_empty() {
            first().unwrap().0
        } else {
            address.to_owned()
        };
        let (before, after) = cut(PLAN, policy, &address, verdict, &format!("fixture-{index}"));
        assert!(before > 10 && after < 5, "{policy}: {after} of {before}");
    }
}

#[test]
fn a_plan_of_hundreds_of_resources_is_cut_to_a_few() {
    let Some(plans) = beside::folder("plans") else { return };
    let plan = plans.join("local-s3fleet.json");
    let address = "module.bucket[\"team-001\"].aws_s3_bucket.this[0]";
    let (before, after) = cut(
        plan.to_str().unwrap(),
        "aws.s3.https_only",
        address,
        "fail",
        "fixture-fleet",
    );
    assert!(before > 300 && after < 5, "{after} of {before}");
}

#[test]
fn it_is_a_test_of_the_policy_that_it_was_cut_for() {
    let (folder, path) = demo("fixture-demo");
    let bucket = "aws_s3_bucket.uploads";
    let run = fixture(PLAN, "demo.named", bucket, &["--from", &path, "--case", "strange"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.ends_with("demo/named/fail_strange/plan.json\n"),
        "{}",
        run.stdout
    );
    folder.write(
        "demo/named/named_test.rego",
        "package demo.named_test\n\nimport data.demo.named\n\ntest_none if count(named.deny) == 0 with input as {}\n",
    );
    let run = plangate(&["test", &path], "");
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("demo.named: 1 fail, 1 test"), "{}", run.stdout);
    let run = plangate(&["lint", &path], "");
    assert!(!run.stderr.contains("main.tf"), "{}", run.stderr);
    // What was written is not written over.
    let run = fixture(PLAN, "demo.named", bucket, &["--from", &path, "--case", "strange"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("name another case with --case"), "{}", run.stderr);
}

#[test]
fn wrong_arguments_say_what_is_right() {
    for (policy, address, more, expected) in [
        ("aws.s3.https", "x", &[][..], "did you mean aws.s3.https_only"),
        (
            "aws.s3.https_only",
            "aws_s3_bucket.none",
            &[],
            "it judges aws_s3_bucket.",
        ),
        (
            "aws.s3.https_only",
            "aws_s3_bucket.uploads",
            &["--key", "k"],
            "no finding of the key k",
        ),
        (
            "aws.s3.https_only",
            "aws_s3_bucket.uploads",
            &["--case", "A B"],
            "small letters, digits and _",
        ),
        (
            "aws.s3.https_only",
            "x",
            &["--from", "nowhere"],
            "there is no such folder",
        ),
    ] {
        let run = fixture(PLAN, policy, address, more);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{policy}: {}", run.stderr);
    }
}
