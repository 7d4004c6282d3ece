//! Regula's rules judge as its documentation says.

use serde_json::Value;

use super::support::{Folder, plangate};

#[test]
fn simple_and_advanced_rules_judge_resources() {
    let arguments = [
        "check",
        "testdata/quickstart/plan.json",
        "--regula",
        "testdata/regula",
        "--format",
        "json",
    ];
    let run = plangate(&arguments, "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
            [
                text("verdict"),
                text("severity"),
                text("policy"),
                text("address"),
                text("message"),
            ]
            .join(" | ")
        })
        .collect();
    assert_eq!(
        said,
        [
            "fail | low | regula.rules.bucket_name | aws_s3_bucket.reports | its rule `allow` does not hold",
            "fail | low | regula.rules.bucket_name | aws_s3_bucket.uploads | its rule `allow` does not hold",
            "pass | high | regula.rules.open_ports | aws_security_group.admin | -",
            "fail | high | regula.rules.open_ports | aws_security_group.web | port 443 is open",
            // The block names its bucket by reference, which only apply resolves.
            "pass | high | regula.rules.public_access_block | aws_s3_bucket.reports | -",
            "fail | high | regula.rules.public_access_block | aws_s3_bucket.uploads | it has no public access block",
            "fail | high | regula.rules.public_access_block | plan | there is no trail",
            "not_applicable | high | regula.rules.stack | - | -",
        ]
    );
    assert_eq!(rows[0]["title"], "S3 buckets are to be called acme-");
}

#[test]
fn what_is_no_rule_of_regula_s_is_refused() {
    let folder = Folder::new("regula-refused");
    for (name, text, expected) in [
        (
            "other",
            "package main\n\ndeny = true\n",
            "they are in packages under `rules`",
        ),
        (
            "empty",
            "package rules.a\n\nresource_type = \"x\"\n",
            "`rules.a` has no rule allow, deny or policy",
        ),
        (
            "missing",
            "package rules.a\n\nimport data.util\n\ndeny { util.f(1) }\n",
            ":5: `data.util.f` is undefined",
        ),
    ] {
        let file = folder.write(&format!("{name}/rule.rego"), text);
        let run = plangate(&["check", "testdata/quickstart/plan.json", "--regula", &file], "");
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
    }
    let set = folder.write("value/rule.rego", "package rules.a\n\npolicy = true\n");
    let run = plangate(&["check", "testdata/quickstart/plan.json", "--regula", &set], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no set of judgements"), "{}", run.stderr);
}

#[test]
fn a_rule_that_is_a_value_breaks_and_one_that_nobody_asks_is_told() {
    let folder = Folder::new("regula-value");
    let value = "package rules.a\n\nresource_type = \"aws_s3_bucket\"\n\ndeny = \"public\" { input.bucket }\n";
    let file = folder.write("value/rule.rego", value);
    let run = plangate(&["check", "testdata/quickstart/plan.json", "--regula", &file], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr
            .contains("its rule `deny` is neither a set nor true or false"),
        "{}",
        run.stderr
    );
    folder.write(
        "two/asked.rego",
        "package rules.a\n\nresource_type = \"aws_s3_bucket\"\n\nallow { input.bucket }\n",
    );
    let other = folder.write("two/other.rego", "package rule.b\n\ndeny { input.bucket }\n");
    let run = plangate(
        &[
            "check",
            "testdata/quickstart/plan.json",
            "--regula",
            &folder.path("two"),
        ],
        "",
    );
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let said = format!("{other}: the package rule.b is not asked: those under `rules` are");
    assert!(run.stderr.contains(&said), "{}", run.stderr);
}
