//! The gate's contract: every row of the exit codes, on the quickstart plan and what becomes of it.

use serde_json::Value;

use super::support::{Folder, Run, demo, plangate};

const DATE: [&str; 2] = ["--as-of", "2026-11-22"];

fn quickstart() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json")).unwrap()
}

/// The quickstart plan with one member set to another value.
fn altered(member: &str, value: Value) -> String {
    let mut plan: Value = serde_json::from_str(&quickstart()).unwrap();
    plan[member] = value;
    plan.to_string()
}

fn check(plan: &str, arguments: &[&str]) -> Run {
    plangate(&[&["check", "-"], &DATE[..], arguments].concat(), plan)
}

#[track_caller]
fn exits(run: Run, code: i32, says: &str) {
    assert_eq!(run.code, code, "{}\n{}", run.stdout, run.stderr);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains(says), "nothing says {says:?}:\n{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn passes_where_every_selected_policy_passes() {
    exits(check(&quickstart(), &["--only", "aws.kms.rotation"]), 0, "PASSED");
}

#[test]
fn fails_at_or_above_the_threshold_only() {
    let only = ["--only", "aws.s3.versioning"];
    exits(check(&quickstart(), &only), 1, "FAILED: 1 finding at low or above");
    exits(
        check(&quickstart(), &[&only[..], &["--fail-on", "medium"]].concat()),
        1,
        "FAILED",
    );
    exits(
        check(&quickstart(), &[&only[..], &["--fail-on", "high"]].concat()),
        0,
        "PASSED",
    );
}

#[test]
fn info_gates_only_when_asked() {
    let (folder, path) = demo("gate-info");
    let file = folder.path("demo/named/named.rego");
    let text = std::fs::read_to_string(&file)
        .unwrap()
        .replace("severity: low", "severity: info");
    std::fs::write(&file, text).unwrap();
    let arguments = ["--policy", &path, "--only", "demo.named"];
    exits(check(&quickstart(), &arguments), 0, "PASSED");
    exits(
        check(&quickstart(), &[&arguments[..], &["--fail-on", "info"]].concat()),
        1,
        "FAILED",
    );
}

#[test]
fn an_unknown_fails_only_under_unknown_fail() {
    let only = ["--only", "aws.security_group.open_ssh"];
    exits(check(&quickstart(), &only), 0, "unknown until apply");
    exits(
        check(&quickstart(), &[&only[..], &["--unknown", "fail"]].concat()),
        1,
        "FAILED",
    );
    let quiet = check(&quickstart(), &[&only[..], &["--unknown", "pass"]].concat());
    assert!(!quiet.stderr.contains("unknown until apply"), "{}", quiet.stderr);
    exits(quiet, 0, "PASSED");
}

#[test]
fn nothing_to_examine_passes_with_a_warning_unless_told_otherwise() {
    let only = ["--only", "aws.rds.public"];
    exits(check(&quickstart(), &only), 0, "nothing was judged");
    exits(
        check(&quickstart(), &[&only[..], &["--nothing", "fail"]].concat()),
        2,
        "nothing was judged",
    );
}

#[test]
fn an_errored_or_incomplete_plan_cannot_be_decided() {
    exits(check(&altered("errored", true.into()), &[]), 2, "terraform plan");
    exits(check(&altered("complete", false.into()), &[]), 2, "CANNOT DECIDE");
}

#[test]
fn what_is_no_plan_cannot_be_decided() {
    let plan = quickstart();
    for (input, says) in [
        ("", "the file is empty"),
        (&plan[..plan.len() / 2], "ends early, at byte"),
        (
            "{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"resources\": []}",
            "state",
        ),
        (
            "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {}}",
            "CloudFormation",
        ),
        ("resource \"aws_s3_bucket\" \"a\" {\n}\n", "terraform show -json"),
        ("{\"a\": 1}", "terraform show -json"),
        (
            &plan.replacen("\"format_version\":\"1.", "\"format_version\":\"2.", 1),
            "format_version",
        ),
        (&plan.repeat(2), "JSON"),
    ] {
        exits(check(input, &[]), 2, says);
    }
}

#[test]
fn a_newer_minor_version_is_read_with_a_note() {
    exits(
        check(
            &altered("format_version", "1.99".into()),
            &["--only", "aws.kms.rotation"],
        ),
        0,
        "1.99",
    );
}

#[test]
fn wrong_policies_cannot_decide() {
    let folder = Folder::new("gate-wrong-policies");
    let text = std::fs::read_to_string(demo("gate-wrong-policies-demo").0.path("demo/named/named.rego")).unwrap();
    let wrong = |file: &str, text: &str| {
        let name = folder.path(file.split('/').next().unwrap());
        folder.write(file, text);
        check(&quickstart(), &["--policy", &name])
    };
    exits(wrong("none/notes.txt", "no policy"), 2, "holds no policy");
    exits(
        wrong(
            "syntax/demo/named/named.rego",
            &text.replace("contains {", "contains (("),
        ),
        2,
        "named.rego",
    );
    exits(wrong("folder/demo/other/other.rego", &text), 2, "demo.named");
    exits(wrong("name/demo/named/other.rego", &text), 2, "other.rego");
    exits(
        wrong(
            "import/demo/named/named.rego",
            &text.replace("\ndeny", "\nimport data.lib.nowhere\n\ndeny"),
        ),
        2,
        "lib.nowhere",
    );
    exits(
        wrong(
            "call/demo/named/named.rego",
            &text.replace("not startswith(", "not starts_with("),
        ),
        2,
        "starts_with",
    );
    exits(
        wrong(
            "metadata/demo/named/named.rego",
            &text.replace("severity: low", "severity: urgent"),
        ),
        2,
        "urgent",
    );
}

#[test]
fn a_policy_that_breaks_cannot_decide_and_the_others_still_do() {
    let (folder, path) = demo("gate-breaks");
    let file = folder.path("demo/named/named.rego");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("not startswith(", "bucket.values.bucket + 1 > 0\n\tnot startswith("),
    )
    .unwrap();
    let run = check(&quickstart(), &["--policy", &path, "--only", "demo,aws.kms"]);
    assert!(run.stdout.contains("aws.kms.rotation"), "{}", run.stdout);
    exits(run, 2, "the policy demo.named broke");
}

#[test]
fn wrong_arguments_cannot_decide() {
    for (arguments, says) in [
        (&["--only", "aws.s3.https_onyl"][..], "aws.s3.https_only"),
        (&["--only", "aws.kms", "--skip", "aws.kms"], "no policy"),
        (&["--param", "aws.s3.encryption.require_kms=maybe"], "boolean"),
        (&["--param", "aws.s3.encryption.require=true"], "require_kms"),
        (&["--fail-on", "urgent"], "critical"),
        (&["--policy", "no/such/folder"], "no/such/folder"),
        (&["--source", "no/such/folder"], "no/such/folder"),
        (&["--fromat", "json"], "--format"),
    ] {
        exits(check(&quickstart(), arguments), 2, says);
    }
    exits(
        plangate(&["check", "-", "--as-of", "2026-13-40"], &quickstart()),
        2,
        "2026-13-40",
    );
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let json = || check(&quickstart(), &["--format", "json"]).stdout;
    assert_eq!(json(), json());
    let other_as_of = plangate(
        &["check", "-", "--format", "json", "--as-of", "2020-01-01"],
        &quickstart(),
    )
    .stdout;
    assert!(!other_as_of.contains("deprecated since"), "the date is injected");
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(&plangate(&["schema"], "").stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (plan, arguments) in [
        (quickstart(), &[][..]),
        (quickstart(), &["--only", "aws.rds.public"]),
        (altered("errored", true.into()), &[]),
        ("{".to_owned(), &[]),
    ] {
        let run = check(&plan, &[&["--format", "json"], arguments].concat());
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let faults: Vec<String> = validator.iter_errors(&report).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(report["exit"], run.code);
    }
}

#[test]
fn inspect_prints_what_policies_read() {
    let run = plangate(&[&["inspect", "-"], &DATE[..]].concat(), &quickstart());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(model["as_of"], "2026-11-22");
    assert_eq!(model["params"]["aws.s3.encryption"]["require_kms"], false);
    let blocks = &model["resources"]["aws_s3_bucket_public_access_block"];
    assert_eq!(blocks[0]["references"]["bucket"][0]["address"], "aws_s3_bucket.reports");
}

#[test]
fn no_output_has_a_secret() {
    let cases = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/model")).unwrap();
    let mut secretive = 0;
    for case in cases.map(|case| case.unwrap().path()) {
        let file = case.join("plan.json");
        let Ok(plan) = std::fs::read_to_string(&file) else {
            continue;
        };
        if !plan.contains("CANARY") {
            continue;
        }
        secretive += 1;
        let file = file.to_str().unwrap();
        let mut runs = vec![
            plangate(&["check", file, "--all"], ""),
            plangate(&["check", file, "--format", "json"], ""),
            plangate(&["inspect", file], ""),
            plangate(&["inspect", file, "--before"], ""),
        ];
        let cut = plan.find("CANARY").unwrap();
        for broken in [
            &plan[..cut + 3],
            &plan.replacen("CANARY", "CANARY\"", 1),
            &plan.replace("\"create\"", "7"),
        ] {
            runs.push(plangate(&["check", "-"], broken));
        }
        for run in runs {
            assert!(!run.stdout.contains("CANARY"), "{file}: {}", run.stdout);
            assert!(!run.stderr.contains("CANARY"), "{file}: {}", run.stderr);
        }
    }
    assert!(secretive >= 6, "only {secretive} plans have secrets");
}

#[test]
fn a_readme_that_is_missing_was_missing_before() {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/model/change_update/plan.json");
    let arguments = ["check", plan, "--only", "terraform.source.readme", "--fail-on", "info"];
    exits(plangate(&[&arguments[..], &DATE].concat(), ""), 1, "FAILED");
    exits(
        plangate(&[&arguments[..], &DATE, &["--new-only"]].concat(), ""),
        0,
        "PASSED",
    );
}

#[test]
fn a_plan_of_other_providers_is_not_judged_by_policies_on_any_plan() {
    let mut plan: Value = serde_json::from_str(&quickstart()).unwrap();
    plan["planned_values"] = Value::Null;
    plan["prior_state"] = Value::Null;
    plan["configuration"] = Value::Null;
    plan["resource_changes"] = serde_json::json!([{
        "address": "google_storage_bucket.a", "mode": "managed", "type": "google_storage_bucket", "name": "a",
        "change": {"actions": ["create"], "before": null, "after": {"name": "a"}, "after_unknown": {}},
    }]);
    exits(check(&plan.to_string(), &[]), 0, "nothing was judged");
    exits(
        check(&plan.to_string(), &["--nothing", "fail"]),
        2,
        "nothing was judged",
    );
    exits(
        check(&plan.to_string(), &["--only", "terraform.plan.empty"]),
        0,
        "1 pass",
    );
}
