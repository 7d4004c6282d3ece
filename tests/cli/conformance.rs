//! The findings are those of `opa eval` over `plangate inspect`, where opa is installed: `make conformance`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::beside;
use super::support::plangate;

/// Policy, address, key and message of a failure.
type Finding = (String, String, String, String);

#[test]
#[ignore = "takes minutes, and needs opa: run `make conformance`"]
fn findings_are_those_of_opa() {
    if Command::new("opa")
        .arg("version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        beside::skipped("opa is not installed");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut plans = vec![root.join("testdata/quickstart/plan.json")];
    plans.extend(plans_below(&root.join("policies")));
    plans.extend(beside::folder("stacks").iter().flat_map(|stacks| plans_below(stacks)));
    if let Some(real) = beside::folder("plans") {
        let real = fs::read_dir(real)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "json"));
        plans.extend(real.filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("\"aws_"))));
    }
    plans.sort();
    let differing: Vec<String> = plans
        .iter()
        .filter_map(|plan| difference(plan, &root.join("policies")))
        .collect();
    println!("{} plans compared", plans.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn plans_below(folder: &Path) -> Vec<PathBuf> {
    let mut plans = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            plans.extend(plans_below(&path));
        } else if path.file_name().is_some_and(|name| name == "plan.json") {
            plans.push(path);
        }
    }
    plans
}

fn difference(plan: &Path, policies: &Path) -> Option<String> {
    let plan = plan.to_str().unwrap();
    let date = ["--as-of", "2026-11-22"];
    let report = plangate(&[&["check", plan, "--format", "json"], &date[..]].concat(), "").stdout;
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();
    let ours: BTreeSet<Finding> = rows
        .iter()
        .filter(|row| row["verdict"] == "fail")
        .map(|row| finding(&row["policy"], row))
        .collect();
    let model = plangate(&[&["inspect", plan], &date[..]].concat(), "").stdout;
    let said = opa(policies, &model);
    let ids: BTreeSet<&str> = rows.iter().map(|row| row["policy"].as_str().unwrap()).collect();
    let applies = |id: &str| {
        rows.iter()
            .any(|row| row["policy"] == id && row["verdict"] != "not_applicable")
    };
    let theirs: BTreeSet<Finding> = ids
        .into_iter()
        .filter(|id| applies(id))
        .flat_map(|id| {
            let rules = id.split('.').fold(&said, |node, name| &node[name]);
            rules["deny"]
                .as_array()
                .into_iter()
                .flatten()
                .map(move |row| finding(&Value::from(id), row))
        })
        .collect();
    let of =
        |one: &BTreeSet<Finding>, other: &BTreeSet<Finding>| format!("{:?}", one.difference(other).collect::<Vec<_>>());
    (ours != theirs).then(|| {
        format!(
            "{plan}: only plangate {}, only opa {}",
            of(&ours, &theirs),
            of(&theirs, &ours)
        )
    })
}

fn finding(policy: &Value, row: &Value) -> Finding {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (
        text(policy),
        text(&row["address"]),
        text(&row["key"]),
        text(&row["message"]),
    )
}

fn opa(policies: &Path, model: &str) -> Value {
    let mut opa = Command::new("opa")
        .args([
            "eval",
            "--stdin-input",
            "--strict-builtin-errors",
            "--format",
            "json",
            "--bundle",
        ])
        .arg(policies)
        .arg("{\"aws\": data.aws}")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    opa.stdin.take().unwrap().write_all(model.as_bytes()).unwrap();
    let output = opa.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["result"][0]["expressions"][0]["value"].clone()
}
