//! Every trap of the engine underneath, each by its name.

use super::*;

#[test]
fn trap_nested_literals_are_refused_before_they_are_parsed() {
    let begin = Instant::now();
    let body = format!("{GOOD}\n\nx := {}1{}", "{\"a\":".repeat(28), "}".repeat(28));
    assert!(
        rejected(&body).contains("a/b.rego:10: literals nest more than 14 deep"),
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
    // Replacing is one step, which no timer ends; its thread is left behind, so it must not take memory as well.
    let long = "deny contains tf.finding({\"address\": x}, \"x\") if {
	numbers := [format_int(n, 10) | some n in numbers.range(1, 60000)]
	x := strings.replace_n({sprintf(\"x%s\", [n]): \"y\" | some n in numbers}, concat(\",\", numbers))
}";
    let judged = judged(vec![policy("a.b", long), policy("a.c", GOOD)]);
    assert!(matches!(judged[0].outcome, Err(EngineError::Late { .. })));
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
    assert!(
        message.contains("`y` has no value here") && !message.contains("a/c.rego"),
        "{message}"
    );
}

#[test]
fn trap_an_import_of_the_package_that_a_policy_is_in_is_refused() {
    for import in ["data.a", "data.a.b"] {
        let text = format!("import {import}\n\ndeny contains x if {{ some x in {import}.c }}");
        let message = rejected(&text);
        assert!(
            message.contains("a/b.rego:5: imports the package that it is in"),
            "{message}"
        );
    }
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
fn trap_a_member_that_input_does_not_have_is_refused() {
    for body in [
        "deny contains 1 if input.resource_changes[_].change.after.acl == \"public-read\"",
        "deny contains 1 if input[\"resource_changes\"]",
        "import input as plan\ndeny contains 1 if plan.resource_changes",
        "import input.resource_changes as changes\ndeny contains 1 if changes",
        "deny contains 1 if false with input.resource_changes as []",
    ] {
        let message = rejected(body);
        assert!(
            message.contains("there is no `input.resource_changes`: a policy reads as_of, params, terraform"),
            "{body}: {message}"
        );
    }
    says("import input as plan\ndeny contains 1 if plan.data[x].values.resource_changes == input[y].z").unwrap();
}

#[test]
fn the_members_of_input_are_those_of_the_model() {
    let model = crate::model::Model {
        source: Some(crate::model::Folder {
            files: Vec::new(),
            readme: None,
        }),
        ..crate::model::Model::default()
    };
    let model = serde_json::to_value(model).unwrap();
    let mut members: Vec<&str> = model.as_object().unwrap().keys().map(String::as_str).collect();
    let mut known = check::INPUT;
    members.sort_unstable();
    known.sort_unstable();
    assert_eq!(members, known);
}

#[test]
fn trap_arithmetic_on_a_wrong_type_is_an_error_of_that_policy_only() {
    let sum = "deny contains tf.finding(r, \"x\") if { some r in input.resources.t; r.address + 1 > 0 }";
    let judged = judged(vec![policy("a.b", sum), policy("a.c", GOOD)]);
    let message = judged[0].outcome.clone().unwrap_err().to_string();
    assert!(message.contains("a/b.rego:5:"), "{message}");
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
    let body = "deny contains object.union(tf.finding(input, \"x\"), {\"found\": input.as_of}) if true";
    let pack = pack(vec![policy("a.b", body)]);
    let big: Value = serde_json::from_str(r#"{"address": "a", "as_of": 9007199254740993}"#).unwrap();
    let judged = Engine::new(&pack, quick()).unwrap().judge(&big, |_| true).unwrap();
    let found = judged[0].outcome.clone().unwrap().deny.remove(0).found;
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
fn trap_a_set_that_nothing_reads_is_refused() {
    let only_unknown = "unknown contains tf.finding(r, \"x\") if { some r in input.resources.none }";
    for name in ["violation", "denies", "deny_public", "warn", "denny"] {
        let message = rejected(&format!("{only_unknown}\n{name} contains 1 if true"));
        let expected = format!(
            "a/b.rego:6: nothing reads the rule `{name}`: the rules that are read are deny, unknown and examined; did you \
             mean deny?"
        );
        assert_eq!(message, expected);
    }
    says(&format!(
        "{GOOD}\nhelper contains 1 if true\nunknown contains 1 if {{ count(helper) > 1 }}"
    ))
    .unwrap();
    for (body, loads) in [
        ("helper contains 1 if true", true),
        ("violation contains 1 if true", false),
    ] {
        let mut tested = policy("a.b", &format!("{GOOD}\n{body}"));
        let name = body.split(' ').next().unwrap();
        tested.tests = Some(Source {
            path: "a/b_test.rego".to_owned(),
            text: Cow::Owned(format!(
                "package a.b_test\n\nimport data.a.b\n\ntest_x if 1 in b.{name}\n"
            )),
        });
        assert_eq!(Engine::new(&pack(vec![tested]), quick()).is_ok(), loads, "{body}");
    }
}

#[test]
fn trap_a_parameter_that_there_is_not_is_refused() {
    let rejection = |path: &str| {
        let mut with_params = policy("acme.names", &format!("deny contains 1 if input.params{path} == 2"));
        let prefix = crate::pack::Param {
            kind: crate::pack::ParamType::String,
            default: Value::from(""),
            description: String::new(),
        };
        with_params.params.insert("prefix".to_owned(), prefix);
        let pack = pack(vec![with_params, policy("acme.other", GOOD)]);
        Engine::new(&pack, quick()).err().map(|error| error.to_string())
    };
    assert_eq!(rejection("[\"acme.names\"].prefix"), None);
    assert_eq!(rejection("[\"acme.names\"][input.as_of]"), None);
    assert_eq!(rejection("[\"acme.other\"]"), None);
    assert_eq!(
        rejection("[\"acme.names\"].prefx").unwrap(),
        "acme/names.rego:5: `acme.names` has no parameter `prefx`; did you mean prefix?"
    );
    let message = rejection("[\"acme.name\"].prefix").unwrap();
    assert!(
        message.contains("acme/names.rego:5: `input.params` has no policy `acme.name`; did you mean acme.names"),
        "{message}"
    );
    assert!(
        rejection("[\"acme.other\"].prefix")
            .unwrap()
            .contains("`acme.other` has no parameters")
    );
}

#[test]
fn trap_other_types_than_it_examines_are_refused_unless_a_library_reads_those() {
    let mut astray = policy("a.b", "");
    astray.text = Cow::Borrowed("# METADATA\npackage a.b\n\ndeny contains r.address if some r in input.resources.ts\n");
    let pack = pack(vec![astray.clone()]);
    let message = Engine::new(&pack, quick()).err().unwrap().to_string();
    assert!(
        message.contains("it reads ts and nothing that it `examines` (t)"),
        "{message}"
    );
    astray.text = Cow::Owned(astray.text.replace("\ndeny", "\nimport data.lib.own\n\ndeny"));
    let mut with_library = super::pack(vec![astray]);
    with_library
        .libraries
        .push(library("lib.own", "package lib.own\n\nall := input.resources.t\n"));
    assert!(Engine::new(&with_library, quick()).is_ok());
}
