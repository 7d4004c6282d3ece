//! Real plans of all ages and sizes, where they are present beside the project.

use std::fs;

use super::beside;
use super::support::{json_files, plangate, plangate_with};

#[test]
fn every_real_plan_is_decided_on() {
    let Some(folder) = beside::folder("plans") else { return };
    let plans = json_files(&folder);
    assert!(plans.len() > 300, "{} plans", plans.len());
    let mut arguments = vec!["check", "--format", "json", "--as-of", "2026-11-22"];
    arguments.extend(plans.iter().map(|plan| plan.to_str().unwrap()));
    let run = plangate(&arguments, "");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let judged = report["plans"].as_array().unwrap();
    assert_eq!(judged.len(), plans.len());
    let undecided: Vec<_> = judged.iter().filter(|plan| !plan["error"].is_null()).collect();
    assert!(undecided.is_empty(), "{undecided:?}");
    assert_eq!(report["counts"]["error"], 0);
    let rows = judged.iter().flat_map(|plan| plan["results"].as_array().unwrap());
    let untold: Vec<_> = rows
        .filter(|row| row["verdict"] == "unknown" && row["cause"].as_str().is_none_or(|cause| cause.trim().is_empty()))
        .collect();
    assert!(untold.is_empty(), "unknown without a cause: {untold:?}");
    assert_eq!(run.code, 1);
}

/// By file: the exit codes that may be, and what is said.
const ODD: [(&str, &[i32], &str); 12] = [
    ("ansi-and-log-before.json", &[0, 1], ""),
    ("binary.tfplan", &[2], "terraform show -json binary.tfplan > plan.json"),
    ("empty.json", &[2], "the file is empty"),
    ("human-readable-plan-ansi.txt", &[2], "terraform show -json"),
    ("human-readable-plan.txt", &[2], "terraform show -json"),
    ("setup-terraform-wrapper.json", &[0, 1], ""),
    ("show-json-state.json", &[2], "a Terraform state, not a plan"),
    ("terraform-plan-json-ui-stream.jsonl", &[2], "terraform show -json"),
    ("truncated.json", &[2], "ends early, at byte"),
    ("two-plans-concatenated.json", &[2], "second JSON document"),
    ("utf16le-bom-crlf.json", &[0, 1], ""),
    ("utf8-bom.json", &[0, 1], ""),
];

#[test]
fn odd_files_end_as_they_must() {
    let Some(folder) = beside::folder("plans/odd") else {
        return;
    };
    for (file, codes, says) in ODD {
        // Neither terraform nor tofu is at hand, whatever this machine has.
        let run = plangate_with(&["check", folder.join(file).to_str().unwrap()], "", &[("PATH", "")]);
        assert!(codes.contains(&run.code), "{file}: exit {}\n{}", run.code, run.stderr);
        assert!(run.stderr.contains(says), "{file}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{file}: {}", run.stderr);
    }
}

#[test]
fn the_stacks_show_what_they_must() {
    let Some(folder) = beside::folder("stacks") else { return };
    let mut compared = 0;
    for (stack, cases) in [
        ("batch-financial", &["failed", "fixed"][..]),
        ("online-education", &["failed", "fixed"]),
        ("serverless-tap", &["failed", "fixed"]),
        ("changes", &["after"]),
    ] {
        for case in cases {
            let expected = *case != "fixed";
            let case = folder.join(stack).join(case);
            let plan = case.join("plan.json");
            let arguments = [
                "check",
                plan.to_str().unwrap(),
                "--format",
                "json",
                "--as-of",
                "2026-11-22",
            ];
            let report: serde_json::Value = serde_json::from_str(&plangate(&arguments, "").stdout).unwrap();
            let rows = report["plans"][0]["results"].as_array().unwrap();
            if expected {
                compared += compare(&fs::read_to_string(case.join("expected.tsv")).unwrap(), rows);
            } else {
                let wrong: Vec<_> = rows
                    .iter()
                    .filter(|row| row["verdict"] == "fail" || row["verdict"] == "error")
                    .collect();
                assert!(wrong.is_empty(), "{stack}: {wrong:?}");
            }
        }
    }
    assert!(compared > 80, "only {compared} lines were compared");
}

/// Policies that the stacks expect and that are still to be written.
const TO_COME: &[&str] = &[
    "aws.tags.required",
    "terraform.output.description",
    "terraform.portability.hardcoded_zone",
    "terraform.provider.version_constraint",
];

/// Holds the rows against every line of an `expected.tsv`, and counts the lines.
fn compare(expected: &str, rows: &[serde_json::Value]) -> usize {
    let mut compared = 0;
    let mut lines = expected.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    for line in lines {
        let column = |name: &str| {
            header
                .iter()
                .position(|other| *other == name)
                .and_then(|at| line.get(at).copied())
        };
        let (policy, address) = (column("policy").unwrap(), column("address").unwrap());
        if TO_COME.contains(&policy) && !rows.iter().any(|row| row["policy"] == policy) {
            continue;
        }
        let found = rows.iter().any(|row| {
            row["policy"] == policy
                && row["address"] == address
                && row["verdict"] == column("verdict").unwrap_or("fail")
                && column("since").is_none_or(|since| row["since"] == since)
        });
        assert!(found, "{policy} {address} is missed");
        compared += 1;
    }
    compared
}
