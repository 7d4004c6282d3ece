//! What plangate says is what `opa eval` says over `plangate inspect`, where opa is installed: `make conformance`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::beside;
use super::support::{json_files, plangate};

/// What is said of an address: the policy, the verdict (or that it was examined), the address, and the finding's
/// other members, as JSON.
type Said = (String, &'static str, String, String);

const DATE: &str = "2026-11-22";

/// So many plans are judged by one run of opa.
const BATCH: usize = 20;

#[test]
#[ignore = "takes minutes, and needs opa: run `make conformance`"]
fn findings_are_those_of_opa() {
    if let Err(error) = Command::new("opa").arg("version").stdout(Stdio::null()).status() {
        beside::skipped(&format!("opa does not run: {error}"));
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let policies = root.join("policies");
    let mut plans = vec![root.join("testdata/quickstart/plan.json")];
    plans.extend(plans_below(&policies));
    plans.extend(beside::folder("stacks").iter().flat_map(|folder| plans_below(folder)));
    plans.extend(beside::folder("plans").iter().flat_map(|folder| json_files(folder)));
    plans.sort();
    let plans: Vec<&str> = plans.iter().map(|plan| plan.to_str().unwrap()).collect();
    let [mut findings, mut unknowns, mut examined] = [0; 3];
    let mut differences = Vec::new();
    for plans in plans.chunks(BATCH) {
        let answers = opa(&policies, plans);
        for plan in plans {
            let [ours, theirs] = both(plan, &answers[*plan]);
            let count = |verdict| ours.iter().filter(|said| said.1 == verdict).count();
            findings += count("fail");
            unknowns += count("unknown");
            examined += count("examined");
            let only_ours = ours.difference(&theirs).map(|said| ("plangate", said));
            let only_theirs = theirs.difference(&ours).map(|said| ("opa", said));
            let only = only_ours.chain(only_theirs);
            differences.extend(only.map(|(who, said)| format!("{plan}: only {who}: {said:?}")));
        }
    }
    println!(
        "{} plans compared: {findings} findings, {unknowns} unknowns, {examined} addresses examined, {} differences",
        plans.len(),
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn plans_below(folder: &Path) -> Vec<PathBuf> {
    let mut plans = beside::json_below(folder, u64::MAX);
    plans.retain(|path| path.ends_with("plan.json"));
    plans
}

/// What plangate says of a plan, and what opa answers.
fn both(plan: &str, answer: &Value) -> [BTreeSet<Said>; 2] {
    let report = plangate(&["check", plan, "--format", "json", "--as-of", DATE], "").stdout;
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = report["plans"][0]["results"].as_array().unwrap();

    let mut theirs = BTreeSet::new();
    let mut says_what_it_examines = BTreeSet::new();
    let policies: BTreeSet<&str> = rows.iter().map(|row| row["policy"].as_str().unwrap()).collect();
    for policy in policies {
        let rules = policy.split('.').fold(answer, |node, name| &node[name]);
        let of = |rule: &str| rules[rule].as_array().into_iter().flatten();
        let denied: BTreeSet<_> = of("deny").map(identity).collect();
        theirs.extend(of("deny").map(|row| finding(policy, "fail", row)));
        let unknown = of("unknown").filter(|row| !denied.contains(&identity(row)));
        theirs.extend(unknown.map(|row| finding(policy, "unknown", row)));
        if rules["examined"].is_array() {
            says_what_it_examines.insert(policy);
            theirs.extend(of("examined").map(|address| examined(policy, address)));
        }
    }

    let mut ours = BTreeSet::new();
    for row in rows {
        let policy = row["policy"].as_str().unwrap();
        let verdict = ["error", "fail", "unknown"]
            .into_iter()
            .find(|verdict| row["verdict"] == *verdict);
        ours.extend(verdict.map(|verdict| finding(policy, verdict, row)));
        if says_what_it_examines.contains(policy) && row["address"].is_string() {
            ours.insert(examined(policy, &row["address"]));
        }
    }
    [ours, theirs]
}

fn finding(policy: &str, verdict: &'static str, row: &Value) -> Said {
    let members = ["key", "message", "attribute", "found", "expected", "cause"].map(|member| &row[member]);
    (
        policy.to_owned(),
        verdict,
        text(&row["address"]),
        json!(members).to_string(),
    )
}

fn examined(policy: &str, address: &Value) -> Said {
    (policy.to_owned(), "examined", text(address), String::new())
}

fn identity(row: &Value) -> (String, String) {
    (text(&row["address"]), text(&row["key"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// By plan, what opa answers to each policy's rules: one run for all of these plans, since to compile the policies
/// takes longer than to judge a plan.
fn opa(policies: &Path, plans: &[&str]) -> Value {
    let documents = plans.iter().map(|plan| {
        let document = plangate(&["inspect", plan, "--as-of", DATE], "").stdout;
        ((*plan).to_owned(), serde_json::from_str(&document).unwrap())
    });
    let documents = Value::Object(documents.collect());
    let mut opa = Command::new("opa")
        .args(["eval", "--stdin-input", "--strict-builtin-errors", "--format", "json"])
        .args(["--ignore", "*_test.rego", "--bundle"])
        .arg(policies)
        .arg("{plan: said | some plan, document in input; said := data with input as document}")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    serde_json::to_writer(opa.stdin.take().unwrap(), &documents).unwrap();
    let output = opa.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let said = &answer["result"][0]["expressions"][0]["value"];
    assert!(said.is_object(), "one of {plans:?}: {}", answer["errors"]);
    said.clone()
}
