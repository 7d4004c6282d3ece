//! Conftest's policies give what `conftest test` gives: as recorded, and as it says itself where it is installed.

use std::process::Command;

use serde_json::Value;

use super::beside;
use super::support::{Folder, plangate};

/// Failures, warnings, exceptions and passes.
type Counts = [usize; 4];

/// The policies, the version of Rego that Conftest has to be told, further arguments, the plan, and what Conftest counts.
const RECORDED: [(&str, &str, &[&str], &str, Counts); 9] = [
    ("old", "v0", &[], "testdata/quickstart/plan.json", [15, 1, 1, 0]),
    (
        "old",
        "v0",
        &[],
        "policies/aws/security_group/open_ssh/plan.json",
        [60, 0, 1, 2],
    ),
    ("old", "v0", &[], "policies/aws/vpc/flow_logs/plan.json", [18, 0, 1, 4]),
    ("new", "v1", &[], "testdata/quickstart/plan.json", [1, 0, 0, 4]),
    (
        "new",
        "v1",
        &[],
        "policies/aws/security_group/open_ssh/plan.json",
        [11, 1, 0, 1],
    ),
    ("new", "v1", &[], "policies/aws/vpc/flow_logs/plan.json", [12, 2, 0, 1]),
    ("data", "v0", &DATA, "testdata/quickstart/plan.json", [10, 1, 0, 0]),
    (
        "data",
        "v0",
        &DATA,
        "policies/aws/security_group/open_ssh/plan.json",
        [34, 1, 0, 0],
    ),
    (
        "data",
        "v0",
        &DATA,
        "policies/aws/vpc/flow_logs/plan.json",
        [0, 1, 0, 1],
    ),
];

const DATA: [&str; 2] = ["--data", "testdata/conftest/data/facts"];

fn rows(arguments: &[&str]) -> (Vec<Value>, i32) {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let run = plangate(&arguments, "");
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let rows = report["plans"][0]["results"].as_array().unwrap().clone();
    (rows, run.code)
}

fn counts(rows: &[Value]) -> Counts {
    let of = |verdict: &str, is_told: bool| {
        let is_one = |row: &&Value| row["verdict"] == verdict && (row["severity"] == "info") == is_told;
        rows.iter().filter(is_one).count()
    };
    [
        of("fail", false),
        of("fail", true),
        of("not_applicable", false),
        of("pass", false),
    ]
}

/// What Conftest says, its messages among it; none where it is not installed.
fn conftest(policies: &str, version: &str, further: &[&str], plan: &str) -> Option<(Counts, Vec<String>)> {
    let output = Command::new("conftest")
        .args([
            "test",
            plan,
            "-p",
            policies,
            "--rego-version",
            version,
            "--all-namespaces",
            "-o",
            "json",
        ])
        .args(further)
        .output()
        .ok()?;
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut counts = [0; 4];
    let mut messages = Vec::new();
    for result in results.as_array().unwrap() {
        for (index, list) in ["failures", "warnings", "exceptions"].iter().enumerate() {
            let list = result[*list].as_array().map(Vec::as_slice).unwrap_or_default();
            counts[index] += list.len();
            let said = list
                .iter()
                .filter(|_| index < 2)
                .map(|one| one["msg"].as_str().unwrap().to_owned());
            messages.extend(said);
        }
        counts[3] += usize::try_from(result["successes"].as_u64().unwrap()).unwrap();
    }
    messages.sort();
    Some((counts, messages))
}

#[test]
fn verdicts_are_conftest_s() {
    let mut is_installed = true;
    for (set, version, further, plan, expected) in RECORDED {
        let policies = format!("testdata/conftest/{set}/policy");
        let arguments = [&[plan, "--conftest", &policies, "--all-namespaces"], further].concat();
        let (rows, code) = rows(&arguments);
        assert_eq!(counts(&rows), expected, "{set} {plan}");
        assert_eq!(code, i32::from(expected[0] > 0), "{set} {plan}");
        let Some((theirs, messages)) = conftest(&policies, version, further, plan) else {
            is_installed = false;
            continue;
        };
        assert_eq!(theirs, expected, "{set} {plan}");
        let failing = rows.iter().filter(|row| row["verdict"] == "fail");
        let mut ours: Vec<&str> = failing.map(|row| row["message"].as_str().unwrap()).collect();
        ours.sort_unstable();
        assert_eq!(ours, messages, "{set} {plan}");
    }
    if !is_installed {
        beside::skipped("conftest does not run, so only its recorded counts are compared");
    }
}

#[test]
fn findings_name_their_resource_and_severity() {
    let policies = "testdata/conftest/new/policy";
    let (rows, _) = rows(&["policies/aws/security_group/open_ssh/plan.json", "--conftest", policies]);
    let open = rows.iter().find(|row| row["severity"] == "critical").unwrap();
    assert_eq!(open["policy"], "conftest.main.deny");
    assert!(open["address"].as_str().unwrap().starts_with("aws_security_group."));
    assert!(open["message"].as_str().unwrap().contains("open to the internet"));
}

#[test]
fn namespaces_are_main_or_those_that_are_named() {
    let plan = "testdata/quickstart/plan.json";
    let policies = "testdata/conftest/old/policy";
    let (main, _) = rows(&[plan, "--conftest", policies]);
    assert!(
        main.iter()
            .all(|row| row["policy"].as_str().unwrap().starts_with("conftest.main."))
    );
    let (naming, _) = rows(&[plan, "--conftest", policies, "--namespace", "nam*"]);
    assert!(naming.iter().all(|row| row["policy"] == "conftest.naming.deny"));
    let none = plangate(&["check", plan, "--conftest", policies, "--namespace", "naning"], "");
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("did you mean naming"), "{}", none.stderr);
}

#[test]
fn policies_of_plangate_judge_besides_only_where_they_are_named() {
    let plan = "testdata/quickstart/plan.json";
    let (rows, _) = rows(&[plan, "--conftest", "testdata/conftest/new/policy", "--only", "aws.kms"]);
    let of = |begin: &str| {
        rows.iter()
            .filter(|row| row["policy"].as_str().unwrap().starts_with(begin))
            .count()
    };
    assert!(of("aws.kms.") > 0 && of("conftest.") > 0);
    assert_eq!(of("aws.kms.") + of("conftest."), rows.len());
}

#[test]
fn plans_are_one_document_where_they_are_combined() {
    let folder = Folder::new("conftest-combined");
    let policies = folder.write(
        "main.rego",
        "package main\n\nimport rego.v1\n\nwarn contains msg if {\n\tresources := [resource | resource := \
         input[_].contents.resource_changes[_]]\n\tmsg := sprintf(\"%d in %d plans, first %s\", [count(resources), \
         count(input), input[0].path])\n}\n",
    );
    let plan = "testdata/quickstart/plan.json";
    let two = [
        plan,
        "policies/aws/vpc/flow_logs/plan.json",
        "--conftest",
        &policies,
        "--combine",
    ];
    let (rows, code) = rows(&two);
    assert_eq!((rows.len(), code), (1, 0));
    let message = rows[0]["message"].as_str().unwrap();
    assert!(message.contains("in 2 plans, first testdata/quickstart"), "{message}");
}

#[test]
fn sensitive_values_never_reach_them() {
    let folder = Folder::new("conftest-sensitive");
    let policies = folder.write(
        "main.rego",
        "package main\n\nimport rego.v1\n\nwarn contains sprintf(\"%v\", [input]) if true\n\ndeny contains msg if {\n\t\
         some resource in input.resource_changes\n\tresource.change.after.password == \"(sensitive value)\"\n\tmsg := \
         resource.address\n}\n",
    );
    let plan = r#"{"format_version": "1.2", "terraform_version": "1.11.4",
        "variables": {"token": {"value": "hunter1"}, "open": {"value": "seen"}},
        "planned_values": {"outputs": {"o": {"sensitive": true, "value": "hunter2"}}, "root_module": {"resources": [
            {"address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a",
             "provider_name": "aws", "values": {"password": "hunter3"}, "sensitive_values": {"password": true}}]}},
        "resource_changes": [{"address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a",
            "provider_name": "aws", "change": {"actions": ["update"], "before": {"password": "hunter4", "tags": ["a"]},
            "after": {"password": "hunter5", "tags": ["hunter6", "seen"]}, "after_unknown": {},
            "before_sensitive": {"password": true}, "after_sensitive": {"password": true, "tags": [true, false]}}}],
        "output_changes": {"o": {"actions": ["create"], "before": null, "after": "hunter7", "after_unknown": false,
            "before_sensitive": false, "after_sensitive": true}},
        "configuration": {"root_module": {"variables": {"token": {"sensitive": true, "default": "hunter8"}, "open": {}},
            "outputs": {"o": {"sensitive": true, "expression": {"constant_value": "hunter9"}}},
            "resources": [{"address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a",
                "provider_config_key": "aws", "schema_version": 1,
                "expressions": {"password": {"constant_value": "hunter10"}, "engine": {"constant_value": "seen"}}}]}}}"#;
    let path = folder.write("plan.json", plan);
    for format in ["json", "table"] {
        let run = plangate(
            &["check", &path, "--conftest", &policies, "--format", format, "--all"],
            "",
        );
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(!run.stdout.contains("hunter"), "{}", run.stdout);
        assert!(run.stdout.contains("seen") && run.stdout.contains("aws_db_instance.a"));
    }
}

#[test]
fn what_cannot_be_judged_is_refused_by_its_place() {
    let plan = "testdata/quickstart/plan.json";
    let folder = Folder::new("conftest-refused");
    for (name, text, expected) in [
        (
            "empty",
            "package main\n\nallow { true }\n",
            "no rule deny, violation or warn in the package main",
        ),
        (
            "broken",
            "package main\n\ndeny[msg] { msg := \n}\n",
            "is not valid Rego",
        ),
        (
            "missing",
            "package main\n\ndeny[msg] { msg := crypto.sha256(\"a\") }\n",
            ":3: there is no function `crypto.sha256`",
        ),
        (
            "network",
            "package main\n\ndeny[msg] { http.send({}).body; msg := \"\" }\n",
            ":3: `http.send` is refused",
        ),
        (
            "loop",
            "package main\n\nf(x) = y { y := f(x) }\n\ndeny[msg] { msg := f(1) }\n",
            "is recursive",
        ),
        (
            "object",
            "package main\n\nimport rego.v1\n\ndeny[msg] if {\n\tmsg := \"m\"\n}\n",
            "write `deny contains ... if`",
        ),
        ("unsafe", "package main\n\ndeny[msg] { not x; msg := \"m\" }\n", "x"),
    ] {
        let file = folder.write(&format!("{name}/main.rego"), text);
        let run = plangate(&["check", plan, "--conftest", &file], "");
        assert_eq!(run.code, 2, "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{name}: {}", run.stdout);
    }
    let nowhere = plangate(&["check", plan, "--conftest", "policies/aws/nowhere"], "");
    assert_eq!(nowhere.code, 2);
    assert!(
        nowhere.stderr.contains("there is no such file or folder"),
        "{}",
        nowhere.stderr
    );
    let without = plangate(&["check", plan, "--conftest", "testdata/quickstart"], "");
    assert!(without.stderr.contains("holds no Rego"), "{}", without.stderr);
}

#[test]
fn what_breaks_while_it_judges_is_no_pass() {
    let folder = Folder::new("conftest-breaks");
    let policies = folder.write(
        "main.rego",
        "package main\n\ndeny[msg] { input.resource_changes[_].address + 1 > 0; msg := \"m\" }\n",
    );
    let run = plangate(&["check", "testdata/quickstart/plan.json", "--conftest", &policies], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("conftest.main broke"), "{}", run.stderr);
}

#[test]
fn a_rule_that_is_no_set_and_data_that_is_not_there_are_told() {
    let folder = Folder::new("conftest-warned");
    let policies = folder.write(
        "main.rego",
        "package main\n\ndeny = true { input.resource_changes }\n\nwarn[msg] { data.teams.a; msg := \"m\" }\n",
    );
    let run = plangate(&["check", "testdata/quickstart/plan.json", "--conftest", &policies], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("main.rego:3: `deny` of main is a value and no set"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("main.rego:5: `data.teams"), "{}", run.stderr);
}

#[test]
fn packages_that_nobody_asks_are_told() {
    let check = |more: &[&str]| {
        let policies = "testdata/conftest/old/policy";
        let arguments = [
            &["check", "testdata/quickstart/plan.json", "--conftest", policies],
            more,
        ]
        .concat();
        plangate(&arguments, "").stderr
    };
    let unasked = "warning: the package naming has rules, and is not asked";
    let said = check(&[]);
    assert!(said.contains(unasked), "{said}");
    let said = check(&["--namespace", "main,nane"]);
    assert!(
        said.contains(unasked) && said.contains("warning: the namespace nane has no rules"),
        "{said}"
    );
    let said = check(&["--all-namespaces"]);
    assert!(!said.contains("not asked") && !said.contains("has no rules"), "{said}");
}

#[test]
fn findings_stand_where_their_resource_does() {
    let arguments = [
        "testdata/quickstart/plan.json",
        "--conftest",
        "testdata/conftest/new/policy",
    ];
    let (with, _) = rows(&arguments);
    let failing = with.iter().find(|row| row["verdict"] == "fail").unwrap();
    let name = failing["address"].as_str().unwrap().rsplit('.').next().unwrap();
    let text = std::fs::read_to_string("testdata/quickstart/main.tf").unwrap();
    let line = usize::try_from(failing["source"]["line"].as_u64().unwrap()).unwrap();
    assert_eq!(failing["source"]["file"], "main.tf");
    assert!(
        text.lines().nth(line - 1).unwrap().contains(&format!("\"{name}\"")),
        "{failing}"
    );
}
