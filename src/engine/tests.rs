//! Engines that judge, and every trap of the engine underneath, each by its name.
#![allow(clippy::unwrap_used, clippy::expect_used)]

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
        origin: Origin::Embedded,
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
    assert_eq!(verdicts.unknown[0].message, "n is 1");
    assert_eq!(verdicts.examined.unwrap().len(), 2);
}

#[test]
fn a_policy_that_finds_nothing_says_nothing() {
    assert_eq!(
        says("deny contains tf.finding(input, \"x\") if input.none").unwrap(),
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
    assert_eq!(verdicts.deny[0].message, "so");
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
fn trap_nested_literals_are_refused_before_they_are_parsed() {
    let begin = Instant::now();
    let body = format!("{GOOD}\n\nx := {}1{}", "{\"a\":".repeat(28), "}".repeat(28));
    assert!(
        rejected(&body).contains("a/b.rego:10: brackets nest more than 12 deep"),
        "{}",
        rejected(&body)
    );
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[test]
fn trap_recursion_is_refused_before_it_overflows_the_stack() {
    for body in [
        "f(x) := f(x)",
        "f(x) := g(x)\ng(x) := h(x)\nh(x) := f(x)",
        "f(x) := a.b.f(x)",
        "f(x) := data.a.b.f(x)",
        "f(x) := y if { y := [z | z := f(x)][0] }",
        "p if q\nq if p",
        "p if data.a",
        "f(x) := x if { every y in x { f(y) } }",
        "f(x) := x.y if { g(x) with g as f }\ng(x) := x",
    ] {
        let body = body.replace("a.b.f", "data.a.b.f").replace("data.data", "data");
        let message = rejected(&format!("{GOOD}\n{body}"));
        assert!(message.contains("is recursive"), "{body}: {message}");
    }
}

#[test]
fn trap_recursion_in_a_library_is_refused() {
    let mut pack = pack(vec![policy("a.b", GOOD)]);
    pack.libraries
        .push(library("lib.own", "package lib.own\n\nf(x) := data.lib.more.g(x)\n"));
    pack.libraries
        .push(library("lib.more", "package lib.more\n\ng(x) := data.lib.own.f(x)\n"));
    let message = Engine::new(&pack, quick()).err().unwrap().to_string();
    assert!(message.contains("lib.more.g -> lib.own.f -> lib.more.g"), "{message}");
}

#[test]
fn a_local_name_that_is_also_a_rule_s_is_no_recursion() {
    says(&format!("{GOOD}\nx := f({{\"x\": 1}})\nf(x) := x.x")).unwrap();
}

#[test]
fn trap_a_loop_without_end_is_ended_by_the_timer() {
    let loops = "deny contains tf.finding(input, \"x\") if {
	some i in numbers.range(1, 90000)
	some j in numbers.range(1, 90000)
	i * j < 0
}";
    let judged = judged(vec![policy("a.b", loops), policy("a.c", GOOD)]);
    assert!(
        matches!(judged[0].outcome, Err(EngineError::Late { .. })),
        "{:?}",
        judged[0].outcome
    );
    assert!(judged[1].outcome.is_ok());
}

#[test]
fn trap_a_long_built_in_is_an_error_and_the_others_are_judged() {
    // Each doubling is one step, which no timer ends.
    let long = "deny contains tf.finding({\"address\": x}, \"x\") if {
	a := concat(\",\", [format_int(n, 10) | some n in numbers.range(1, 50000)])
	b := split(a, \",\")
	x := concat(\"\", [y | some c in b; y := replace(a, c, a)])
}";
    let judged = judged(vec![policy("a.b", long), policy("a.c", GOOD)]);
    assert!(
        matches!(judged[0].outcome, Err(EngineError::Late { .. })),
        "{:?}",
        judged[0].outcome
    );
    assert!(judged[1].outcome.is_ok());
}

#[test]
fn trap_numbers_range_is_limited() {
    let error = says("deny contains tf.finding(input, \"x\") if count(numbers.range(1, 20000000)) > 1");
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("a range may have 100000 numbers at most")
    );
}

#[test]
fn trap_input_nested_deeper_than_127_is_refused() {
    let deep = (0..200).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    let pack = pack(vec![policy("a.b", GOOD)]);
    let error = Engine::new(&pack, quick()).unwrap().judge(&deep, |_| true).unwrap_err();
    assert!(error.to_string().contains("127 deep"), "{error}");
}

#[test]
fn trap_an_unsafe_variable_is_refused_with_its_frame_and_not_in_another_policy() {
    let pack = pack(vec![policy("a.b", "deny contains x if y == 1"), policy("a.c", GOOD)]);
    let message = Engine::new(&pack, quick()).err().unwrap().to_string();
    assert!(message.contains("a/b.rego:5:"), "{message}");
    assert!(message.contains("unsafe") && !message.contains("a/c.rego"), "{message}");
}

#[test]
fn trap_an_unknown_function_is_refused_though_it_is_never_reached() {
    let message = rejected("deny contains 1 if { false; tf.get_all(1) }");
    assert!(
        message.contains("a/b.rego:5: `data.lib.tf` has no `get_all`"),
        "{message}"
    );
    for call in [
        "nothing(1)",
        "net.cidr_intersects(\"10.0.0.0/8\", \"10.0.0.0/9\")",
        "crypto.sha256(\"\")",
    ] {
        let message = rejected(&format!("deny contains 1 if {{ false; {call} }}"));
        assert!(message.contains("there is no function"), "{message}");
    }
    let message = rejected("deny contains 1 if { false; tf.get(1) }");
    assert!(message.contains("`get` takes 3 arguments and is given 1"), "{message}");
}

#[test]
fn trap_an_import_of_nothing_is_refused() {
    let message = rejected(&format!("import data.lib.tff\n{GOOD}"));
    assert!(
        message.contains("imports what is not there: there is no `data.lib.tff`"),
        "{message}"
    );
    let message = rejected("deny contains 1 if data.a.c.deny");
    assert!(message.contains("there is no `data.a.c.deny`"), "{message}");
    let message = rejected("deny contains 1 if data.a.b.none");
    assert!(message.contains("`data.a.b` has no `none`"), "{message}");
}

#[test]
fn trap_arithmetic_on_a_wrong_type_is_an_error_of_that_policy_only() {
    let sum = "deny contains tf.finding(r, \"x\") if { some r in input.resources.t; r.address + 1 > 0 }";
    let judged = judged(vec![policy("a.b", sum), policy("a.c", GOOD)]);
    let message = judged[0].outcome.clone().unwrap_err().to_string();
    assert!(
        message.contains("policy a.b broke") && message.contains("a/b.rego:5:"),
        "{message}"
    );
    assert!(judged[1].outcome.is_ok());
}

#[test]
fn trap_a_failing_built_in_is_an_error_under_not_and_else_too() {
    for condition in ["not to_number(r.address)", "f(r.address)", "not f(r.address)"] {
        let body = format!(
            "deny contains tf.finding(r, \"x\") if {{ some r in input.resources.t; {condition} }}
f(x) if to_number(x)
else := true"
        );
        assert!(
            matches!(says(&body), Err(EngineError::Broken { .. })),
            "{condition}: {:?}",
            says(&body)
        );
    }
}

#[test]
fn trap_with_on_a_function_by_its_path_is_refused() {
    let message = rejected(&format!("{GOOD}\nf(x) := x\np if f(1) == 10 with data.a.b.f as 10"));
    assert!(message.contains("is ignored: write `with f`"), "{message}");
}

#[test]
fn trap_sprintf_with_a_width_or_a_wrong_number_of_values_is_refused() {
    assert!(rejected("deny contains sprintf(\"%5d\", [1]) if false").contains("`%5`"));
    assert!(rejected("deny contains sprintf(\"%d %d\", [1]) if false").contains("2 verbs for 1 values"));
}

#[test]
fn trap_big_integers_stay_exact() {
    let body = "deny contains object.union(tf.finding(input, \"x\"), {\"found\": input.n}) if true";
    let pack = pack(vec![policy("a.b", body)]);
    let big: Value = serde_json::from_str(r#"{"address": "a", "n": 9007199254740993}"#).unwrap();
    let judged = Engine::new(&pack, quick()).unwrap().judge(&big, |_| true).unwrap();
    let found = judged[0].outcome.clone().unwrap().deny.remove(0).found.unwrap();
    assert_eq!(found, Value::Number(9_007_199_254_740_993_u64.into()));
}

#[test]
fn trap_a_line_past_1024_columns_is_told_with_its_place() {
    let message = rejected(&format!("{GOOD}\nx := \"{}\"", "y".repeat(1100)));
    assert!(message.contains("a/b.rego") && message.contains("1024"), "{message}");
}

#[test]
fn trap_clocks_chance_and_the_network_are_refused() {
    for call in [
        "time.now_ns()",
        "rand.intn(\"x\", 3)",
        "http.send({})",
        "opa.runtime()",
        "uuid.rfc4122(\"x\")",
    ] {
        assert!(
            rejected(&format!("deny contains {call} if true")).contains("is refused"),
            "{call}"
        );
    }
}

#[test]
fn trap_errors_tell_no_values_of_the_input() {
    for condition in [
        "startswith(r, \"x\")",
        "count(1) > 0",
        "r + 1 > 0",
        "max(r.address) == 1",
    ] {
        let body = format!("deny contains 1 if {{ some r in input.resources.t; {condition} }}");
        let message = says(&body).unwrap_err().to_string();
        assert!(!message.contains("t.a"), "{message}");
    }
}

#[test]
fn a_policy_without_deny_and_unknown_is_refused() {
    assert!(rejected("denny contains 1 if true").contains("has no rule `deny` and none `unknown`"));
    assert!(rejected("deny := {1}").contains("`deny` must be a set: write `deny contains ... if {...}`"));
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
    let results = run_tests(&tested, &pack(Vec::new()).libraries, &quick()).unwrap();
    assert_eq!(
        results[0],
        TestResult {
            name: "data.a.b_test.test_true".to_owned(),
            outcome: TestOutcome::Pass
        }
    );
    assert_eq!(results[1].outcome, TestOutcome::Fail);
    assert!(matches!(&results[2].outcome, TestOutcome::Error(message) if message.contains("b_test.rego:9")));
}

#[test]
fn trap_an_element_that_is_undefined_loses_no_other() {
    let element = "tf.finding(r, sprintf(\"%v\", [r.values.n]))";
    for body in ["if { some r in input.resources.t }", "if some r in input.resources.t"] {
        let verdicts = says(&format!("deny contains {element} {body}")).unwrap();
        assert_eq!(
            verdicts
                .deny
                .iter()
                .map(|finding| &*finding.address)
                .collect::<Vec<_>>(),
            ["t.a"]
        );
    }
    let message = rejected(&format!(
        "{GOOD}\nx[r.address] := r.values.n if some r in input.resources.t"
    ));
    assert!(
        message.contains("a/b.rego:9: `x`: one round of its loop that is undefined"),
        "{message}"
    );
    says(&format!(
        "{GOOD}\nx[k] := v if {{ some r in input.resources.t; k := r.address; v := r.values.n }}"
    ))
    .unwrap();
}

#[test]
#[ignore = "a measurement, to be run with --release and --nocapture"]
fn measure() {
    let body = "bucket_has_logging contains ref.address if {
	some bucket in input.resources.t
	some ref in bucket.references.bucket
	ref.certain
}

denied(r) if {
	tf.get(r, \"n\", null) == null
	not r.address in bucket_has_logging
}

deny contains tf.finding(r, sprintf(\"%s has no n\", [r.address])) if {
	some r in input.resources.t
	denied(r)
}

unknown contains tf.finding(r, \"it cannot be told whether there is an n\") if {
	some r in input.resources.t
	not denied(r)
	object.get(r.values, [\"n\", \"unknown\"], false)
}

message(r) := \"one\" if r.values.n == 1
else := \"two\" if r.values.n == 2
else := \"many\"

examined contains r.address if {
	some r in input.resources.t
	startswith(message(r), \"\")
}
";
    let mut all = pack((0..104).map(|n| policy(&format!("a.p{n:03}"), body)).collect());
    let helpers: String = (0..60)
        .map(|n| {
            format!("helper_{n}(x, y) := z if {{\n\tsome z in x.values\n\tz == y[_]\n}} else := {n} if x == {n}\n\n")
        })
        .collect();
    all.libraries[0].text = Cow::Owned(format!("{LIB}\n{helpers}"));
    let resources: Vec<String> = (0..10)
        .map(|n| format!("{{\"address\": \"t.r{n}\", \"values\": {{\"m\": {n}, \"tags\": {{\"a\": \"b\"}}}}}}"))
        .collect();
    let input: Value =
        serde_json::from_str(&format!("{{\"resources\": {{\"t\": [{}]}}}}", resources.join(","))).unwrap();
    let time = |name: &str, work: &mut dyn FnMut()| {
        let begin = Instant::now();
        work();
        eprintln!("{name}: {:.2} ms", begin.elapsed().as_secs_f64() * 1e3);
    };
    let folder = all.clone();
    all.policies
        .iter_mut()
        .for_each(|policy| policy.origin = Origin::Embedded);
    for _ in 0..2 {
        for (name, pack) in [("embedded", &all), ("folder", &folder)] {
            let mut engine = None;
            time(&format!("{name}: load"), &mut || {
                engine = Some(Engine::new(pack, Limits::default()).unwrap())
            });
            let engine = engine.unwrap();
            time(&format!("{name}: judge all"), &mut || {
                drop(engine.judge(&input, |_| true).unwrap())
            });
            time(&format!("{name}: judge a tenth"), &mut || {
                drop(engine.judge(&input, |policy| policy.id.ends_with('7')).unwrap());
            });
        }
        time("embedded: shared engine of all", &mut || {
            let engine = Engine::new(&all, Limits::default()).unwrap();
            drop(engine.shared(all.policies.iter()).unwrap());
        });
        time("heads::rewrite of all", &mut || {
            all.policies
                .iter()
                .for_each(|policy| drop(heads::rewrite(&policy.text).unwrap()));
        });
        time("input", &mut || drop(input::value(&input).unwrap()));
    }
}
