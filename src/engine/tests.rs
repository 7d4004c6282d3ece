//! Engines that judge.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod compiled;
mod measure;
mod traps;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Instant;

use super::*;
use crate::model::Value;
use crate::pack::{Library, Severity, Source};

const LIB: &str = "package lib.tf

import rego.v1

finding(resource, message) := {\"address\": resource.address, \"message\": message}

get(resource, name, otherwise) := object.get(resource.values, name, otherwise)
";

fn policy(id: &str, body: &str) -> Policy {
    Policy {
        id: id.into(),
        title: String::new(),
        description: String::new(),
        severity: Severity::High,
        enforcement: crate::pack::Enforcement::default(),
        since: String::new(),
        examines: vec!["t".to_owned()],
        remediation: String::new(),
        example: None,
        reports: Vec::new(),
        controls: BTreeMap::new(),
        related: Vec::new(),
        params: BTreeMap::new(),
        path: format!("{}.rego", id.replace('.', "/")),
        text: Cow::Owned(format!("package {id}\n\nimport data.lib.tf\n\n{body}\n")),
        data: None,
        tests: None,
        origin: Origin::Folder,
    }
}

fn library(package: &str, text: &str) -> Library {
    Library {
        package: package.into(),
        path: format!("{}.rego", package.replace('.', "/")),
        text: Cow::Owned(text.to_owned()),
        data: None,
        tests: None,
        origin: Origin::Folder,
    }
}

/// Each policy is handed what its own text names, whatever others do.
#[test]
fn all_libraries_are_needed_where_they_are_not_named_whole() {
    let libraries = ["lib.a", "lib.b"].map(|package| library(package, &format!("package {package}\n")));
    let needed = |text: &str| {
        let needed = imports::needed(&libraries, [text].into_iter());
        needed
            .iter()
            .map(|library| library.package.to_string())
            .collect::<Vec<_>>()
    };
    for text in [
        "import data.lib",
        "import data.lib as all",
        "x := data[\"lib\"].a.f",
        "x := data.lib[name].f",
        "x := [data.lib]",
    ] {
        assert_eq!(needed(text), ["lib.a", "lib.b"], "{text}");
    }
    assert_eq!(needed("import data.lib.b"), ["lib.b"]);
    for text in [
        "x := input.data[type]",
        "x := data.library[y]",
        "metadata[x]",
        "x := data.a.b.words[y]",
    ] {
        assert!(needed(text).is_empty(), "{text}");
    }
}

fn pack(policies: Vec<Policy>) -> Pack {
    Pack {
        policies,
        libraries: vec![library("lib.tf", LIB)],
    }
}

fn input() -> Value {
    serde_json::from_str(
        r#"{"resources": {"t": [{"address": "t.a", "values": {"n": 1}}, {"address": "t.b", "values": {}}]}}"#,
    )
    .unwrap()
}

fn quick() -> Limits {
    Limits {
        time: Duration::from_millis(300),
        grace: Duration::from_millis(700),
        ..Limits::default()
    }
}

fn judged(policies: Vec<Policy>) -> Vec<Judgement> {
    let pack = pack(policies);
    Engine::new(&pack, quick()).unwrap().judge(&input(), |_| true).unwrap()
}

/// What one policy of this body says of the input.
fn says(body: &str) -> Result<Verdicts, EngineError> {
    judged(vec![policy("a.b", body)]).remove(0).outcome
}

/// Why a policy of this body is not loaded.
fn rejected(body: &str) -> String {
    let pack = pack(vec![policy("a.b", body)]);
    match Engine::new(&pack, quick()) {
        Ok(_) => panic!("this loads: {body}"),
        Err(error) => error.to_string(),
    }
}

const GOOD: &str = "deny contains tf.finding(r, \"no n\") if {
	some r in input.resources.t
	tf.get(r, \"n\", null) == null
}";

#[test]
fn a_policy_denies_and_says_what_it_does_not_know_and_what_it_examined() {
    let verdicts = says(&format!(
        "{GOOD}
unknown contains tf.finding(r, sprintf(\"n is %v\", [r.values.n])) if some r in input.resources.t
examined contains r.address if some r in input.resources.t"
    ))
    .unwrap();
    assert_eq!(verdicts.deny[0].address.as_ref(), "t.b");
    assert_eq!(&*verdicts.unknown[0].message, "n is 1");
    assert_eq!(verdicts.examined.unwrap().len(), 2);
}

#[test]
fn a_policy_that_finds_nothing_says_nothing() {
    assert_eq!(
        says("deny contains tf.finding(input, \"x\") if input.resources.none").unwrap(),
        Verdicts::default()
    );
}

#[test]
fn facts_are_read_under_the_package_of_the_policy() {
    let mut with_facts = policy(
        "a.b",
        "deny contains tf.finding(r, data.a.b.why) if some r in input.resources.t",
    );
    with_facts.data = Some(Value::object([("why", Value::from("so"))]));
    let verdicts = judged(vec![with_facts]).remove(0).outcome.unwrap();
    assert_eq!(&*verdicts.deny[0].message, "so");
}

#[test]
fn only_policies_that_apply_are_asked_and_the_order_is_that_of_the_pack() {
    let pack = pack(["a.a", "a.b", "a.c"].map(|id| policy(id, GOOD)).to_vec());
    let engine = Engine::new(&pack, quick()).unwrap();
    let judged = engine.judge(&input(), |policy| &*policy.id != "a.b").unwrap();
    assert_eq!(
        judged.iter().map(|judgement| &*judgement.policy).collect::<Vec<_>>(),
        ["a.a", "a.c"]
    );
}

#[test]
fn embedded_policies_share_an_engine_and_say_the_same() {
    let mut shared = pack((0..9).map(|n| policy(&format!("a.p{n}"), GOOD)).collect());
    let alone = Engine::new(&shared, quick())
        .unwrap()
        .judge(&input(), |_| true)
        .unwrap();
    let mut embedded = shared.clone();
    embedded
        .policies
        .iter_mut()
        .for_each(|policy| policy.origin = Origin::Embedded);
    let together = Engine::new(&embedded, quick())
        .unwrap()
        .judge(&input(), |_| true)
        .unwrap();
    let said = |judged: &[Judgement]| {
        judged
            .iter()
            .map(|judgement| judgement.outcome.clone().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&alone), said(&together));
    shared.policies[3].text = Cow::Borrowed("package a.p3\n\ndeny contains x if y\n");
    shared
        .policies
        .iter_mut()
        .for_each(|policy| policy.origin = Origin::Embedded);
    assert!(
        Engine::verify(&shared, quick())
            .err()
            .unwrap()
            .to_string()
            .contains("a/p3.rego")
    );
}

#[test]
fn the_embedded_pack_passes_every_check() {
    let pack = Pack::embedded().unwrap();
    if let Err(error) = Engine::verify(&pack, Limits::default()) {
        panic!("{error}");
    }
}

#[test]
fn a_local_name_that_is_also_a_rule_s_is_no_recursion() {
    says(&format!("{GOOD}\nx := f({{\"x\": 1}})\nf(x) := x.x")).unwrap();
}

#[test]
fn a_policy_without_deny_and_unknown_is_refused() {
    assert!(rejected("denny contains 1 if true").contains("has no rule `deny` and none `unknown`"));
    assert!(rejected("deny(x) := x").contains("`deny` must be a set: write `deny contains ... if {...}`"));
    let undefined = says("deny := {1} if input.resources.none").unwrap_err().to_string();
    assert!(undefined.contains("is undefined"), "{undefined}");
    assert_eq!(
        says("deny := {x | some x in input.resources.none}").unwrap(),
        Verdicts::default()
    );
}

#[test]
fn a_fault_of_syntax_is_told_with_its_frame() {
    let message = rejected("deny contains 1 if {");
    assert!(
        message.contains("a/b.rego: is not valid Rego:") && message.contains("--> a/b.rego:6"),
        "{message}"
    );
}

#[test]
fn what_is_printed_goes_nowhere_and_changes_nothing() {
    assert_eq!(
        says(&format!(
            "{GOOD}\nunknown contains 1 if {{ print(\"x\", input); false }}"
        ))
        .unwrap()
        .deny
        .len(),
        1
    );
}

#[test]
fn tests_pass_fail_and_break_each_on_its_own() {
    let mut tested = policy("a.b", GOOD);
    let text = "package a.b_test

import data.a.b

test_true if count(b.deny) == 1 with input as {\"resources\": {\"t\": [{\"address\": \"x\", \"values\": {}}]}}

test_false if count(b.deny) == 1 with input as {}

test_broken if to_number(\"x\")
";
    tested.tests = Some(Source {
        path: "a/b_test.rego".to_owned(),
        text: Cow::Borrowed(text),
    });
    let results = Tested::policy(&tested, &pack(Vec::new()).libraries)
        .run(&quick(), &|_| true)
        .unwrap();
    assert_eq!(results[0].name, "data.a.b_test.test_true");
    assert_eq!(results[0].outcome, TestOutcome::Pass);
    assert_eq!(results[1].outcome, TestOutcome::Fail);
    assert!(matches!(&results[2].outcome, TestOutcome::Error(message) if message.contains("b_test.rego:9")));
}
