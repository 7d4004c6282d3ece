//! Trivy's custom checks that read the plan's JSON judge; others are refused.

use serde_json::Value;

use super::support::{Folder, plangate};

const PLAN: &str = "testdata/quickstart/plan.json";

#[test]
fn checks_that_read_the_plan_judge() {
    let folder = Folder::new("trivy");
    folder.write(
        "named.rego",
        r#"# METADATA
# title: Buckets are called acme-
# custom:
#   id: ACME-0001
#   severity: LOW
#   input:
#     selector:
#     - type: json
package user.terraform.ACME0001

deny[res] {
	bucket := input.resource_changes[_]
	bucket.type == "aws_s3_bucket"
	not startswith(bucket.change.after.bucket, "acme-")
	res := result.new("it has no name of ours", bucket)
}
"#,
    );
    let other = "package user.other\n\ndeny = true { input.planned_values }\n";
    folder.write("other.rego", other);
    let run = plangate(&["check", PLAN, "--trivy", &folder.path(""), "--format", "json"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();
    let said: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap();
            (text("policy"), text("address"), text("message"))
        })
        .collect();
    let named = "trivy.user.terraform.ACME0001.deny";
    assert_eq!(
        said,
        [
            ("trivy.user.other.deny", "plan", "its rule `deny` holds"),
            (named, "aws_s3_bucket.reports", "it has no name of ours"),
            (named, "aws_s3_bucket.uploads", "it has no name of ours"),
        ]
    );
}

#[test]
fn checks_of_trivy_s_own_model_are_refused() {
    let folder = Folder::new("trivy-refused");
    for (name, text, expected) in [
        (
            "cloud",
            "package user.aws\n\ndeny[res] {\n\tbucket := input.aws.s3.buckets[_]\n\tres := result.new(\"m\", bucket)\n}\n",
            ":4: `input.aws` is no part of a plan",
        ),
        (
            "other",
            "package builtin.x\n\ndeny { true }\n",
            "no rule deny, violation or warn in the package user",
        ),
    ] {
        let file = folder.write(&format!("{name}/check.rego"), text);
        let run = plangate(&["check", PLAN, "--trivy", &file], "");
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
    }
}

#[test]
fn a_rule_that_is_a_value_or_says_no_message_breaks() {
    let folder = Folder::new("trivy-value");
    for (name, rule, expected) in [
        (
            "text",
            "deny = \"public\" { input.planned_values }",
            "its rule `deny` is neither a set nor true or false",
        ),
        (
            "number",
            "deny[1] { input.planned_values }",
            "its rule `deny` has something that is no message",
        ),
    ] {
        let file = folder.write(&format!("{name}/check.rego"), &format!("package user.x\n\n{rule}\n"));
        let run = plangate(&["check", PLAN, "--trivy", &file], "");
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
    }
    let file = folder.write(
        "empty/check.rego",
        "package user.x\n\ndeny[\"\"] { input.planned_values }\n",
    );
    let run = plangate(&["check", PLAN, "--trivy", &file], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("its rule `deny` holds"), "{}", run.stdout);
}
