//! No secret of a plan is in its model, before or after apply, whatever section of the plan it stands in.
//!
//! The cases `sensitive_*` have `CANARY` in every secret of theirs. Here it is also planted into every value that a
//! plan marks as sensitive, in all cases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use plangate::engine::{Engine, Limits};
use plangate::judge::Judge;
use plangate::model::{State, build};
use plangate::pack::Pack;
use plangate::plan::parse;
use plangate::report::{FORMATS, Gate, Options, Report};
use plangate::source::Source;
use serde_json::{Value as Json, json};

use crate::cases::{folder, folders, plan_of};

const CANARY: &str = "CANARY";

#[test]
fn no_model_of_a_case_has_its_secrets() {
    let mut secretive = 0;
    for folder in folders() {
        let plan = plan_of(&folder);
        secretive += usize::from(plan.contains(CANARY));
        assert_hidden(&folder, &plan);
    }
    assert!(secretive >= 6, "only {secretive} plans have secrets");
}

#[test]
fn no_model_has_what_is_planted_where_a_plan_is_sensitive() {
    let mut sections = BTreeSet::new();
    for folder in folders() {
        let mut plan: Json = serde_json::from_str(&plan_of(&folder)).unwrap();
        sections.extend(plant(&mut plan));
        assert_hidden(&folder, &plan.to_string());
    }
    let planted: Vec<&str> = sections.into_iter().collect();
    assert_eq!(
        planted,
        [
            "configuration: argument",
            "configuration: default of a variable",
            "output_changes",
            "planned_values",
            "planned_values: output",
            "prior_state",
            "resource_changes: after",
            "resource_changes: before",
            "variables",
        ]
    );
}

#[test]
fn no_format_of_a_case_has_its_secrets() {
    let pack = Pack::embedded().unwrap();
    let judge = Judge {
        engine: Engine::new(&pack, Limits::default()).unwrap(),
        params: pack.params(&BTreeMap::new()).unwrap(),
        as_of: "2026-11-22".to_owned(),
        pack: &pack,
    };
    let mut plans = Vec::new();
    for folder in folders() {
        let mut plan: Json = serde_json::from_str(&plan_of(&folder)).unwrap();
        plant(&mut plan);
        let text = plan.to_string();
        if text.contains(CANARY) {
            let source = Source::read(&folder).unwrap();
            let judged = judge.judge("plan.json", &parse(&text).unwrap(), Some(&source));
            plans.push(judged.unwrap());
        }
    }
    assert!(plans.len() >= 10, "only {} plans have secrets", plans.len());
    let gate = Gate::default();
    let report = Report::new("2026-11-22", plans, &gate);
    assert!(report.counts.fail > 0, "the formats have nothing to say");
    for width in [None, Some(80), Some(200)] {
        let options = Options {
            all: true,
            width,
            pack: Some(&pack),
            ..Options::default()
        };
        for format in FORMATS {
            let bytes = (format.render)(&report, &options);
            let shown = String::from_utf8(bytes).unwrap();
            let leak = shown.lines().find(|line| line.contains(CANARY));
            assert_eq!(leak, None, "{}", format.name);
        }
    }
}

#[test]
fn what_only_this_plan_marks_is_hidden_before() {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("sensitive_before"))).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let change = changes
        .iter_mut()
        .find(|change| change["address"] == "aws_ssm_parameter.p")
        .unwrap();
    assert!(change["change"]["before"].to_string().contains(CANARY));
    change["change"]["before_sensitive"] = json!({});
    assert_hidden(&folder("sensitive_before"), &plan.to_string());
}

#[test]
fn marks_of_another_form_hide_all_that_they_stand_for() {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("sensitive_before"))).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        for marks in ["before_sensitive", "after_sensitive"] {
            if let Some(marks) = change["change"][marks].as_object_mut() {
                for mark in marks.values_mut().filter(|mark| **mark == true) {
                    *mark = json!([{"of_another_form": true}]);
                }
            }
        }
    }
    assert_hidden(&folder("sensitive_before"), &plan.to_string());
}

#[test]
fn a_sensitive_default_tag_is_hidden_in_what_there_is_now() {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("provider_default_tags"))).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        change["change"]["before"] = change["change"]["after"].clone();
    }
    assert_hidden(&folder("provider_default_tags"), &plan.to_string());
}

fn assert_hidden(folder: &Path, plan: &str) {
    let parsed = parse(plan).unwrap();
    let source = Source::read(folder).unwrap();
    for state in [State::After, State::Before] {
        for source in [None, Some(&source)] {
            let model = build(&parsed, state, source);
            let shown = serde_json::to_string_pretty(&model).unwrap();
            let leak = shown.lines().find(|line| line.contains(CANARY));
            assert_eq!(
                leak,
                None,
                "{}: {state:?}, source: {}",
                folder.display(),
                source.is_some()
            );
        }
    }
}

/// Plants the marker into every sensitive value of a plan, and names the sections that have one.
fn plant(plan: &mut Json) -> BTreeSet<&'static str> {
    let mut sections = BTreeSet::new();
    let mut note = |planted: bool, section: &'static str| {
        if planted {
            sections.insert(section);
        }
    };
    let changes = plan["resource_changes"].clone();
    for change in each(&mut plan["resource_changes"]) {
        let change = &mut change["change"];
        for (state, section) in [
            ("after", "resource_changes: after"),
            ("before", "resource_changes: before"),
        ] {
            let marks = change[format!("{state}_sensitive")].clone();
            note(replace(&mut change[state], &marks), section);
        }
    }
    for change in members(&mut plan["output_changes"]) {
        for state in ["after", "before"] {
            let marks = change[format!("{state}_sensitive")].clone();
            note(replace(&mut change[state], &marks), "output_changes");
        }
    }
    for (path, section) in [
        ("/planned_values", "planned_values"),
        ("/prior_state/values", "prior_state"),
    ] {
        let Some(values) = plan.pointer_mut(path) else { continue };
        for output in members(&mut values["outputs"]) {
            if output["sensitive"] == true && !output["value"].is_null() {
                output["value"] = json!(CANARY);
                note(path == "/planned_values", "planned_values: output");
            }
        }
        note(plant_state(&mut values["root_module"]), section);
    }
    let declared = plan["configuration"]["root_module"]["variables"].clone();
    if let Some(variables) = plan["variables"].as_object_mut() {
        for (name, variable) in variables {
            if declared[name]["sensitive"] == true && !variable["value"].is_null() {
                variable["value"] = json!(CANARY);
                note(true, "variables");
            }
        }
    }
    plant_module(&mut plan["configuration"]["root_module"], &changes, &mut note);
    sections
}

fn plant_state(module: &mut Json) -> bool {
    let mut planted = false;
    for resource in each(&mut module["resources"]) {
        let marks = resource["sensitive_values"].clone();
        planted |= replace(&mut resource["values"], &marks);
    }
    for child in each(&mut module["child_modules"]) {
        planted |= plant_state(child);
    }
    planted
}

fn plant_module(module: &mut Json, changes: &Json, note: &mut impl FnMut(bool, &'static str)) {
    for variable in members(&mut module["variables"]) {
        if variable["sensitive"] == true && !variable["default"].is_null() {
            variable["default"] = json!(CANARY);
            note(true, "configuration: default of a variable");
        }
    }
    for resource in each(&mut module["resources"]) {
        for change in changes.as_array().into_iter().flatten() {
            if (&change["type"], &change["name"]) == (&resource["type"], &resource["name"]) {
                let planted = plant_argument(&mut resource["expressions"], &change["change"]["after_sensitive"]);
                note(planted, "configuration: argument");
            }
        }
    }
    for call in members(&mut module["module_calls"]) {
        plant_module(&mut call["module"], changes, note);
    }
}

/// Replaces the constants of an expression whose value is marked.
fn plant_argument(expression: &mut Json, marks: &Json) -> bool {
    match (expression, marks) {
        (Json::Object(expression), marks) if expression.contains_key("constant_value") => {
            let replaced = *marks == true && !expression["constant_value"].is_null();
            if replaced {
                expression["constant_value"] = json!(CANARY);
            }
            replaced
        }
        (Json::Array(blocks), Json::Array(marks)) => {
            let pairs = blocks.iter_mut().zip(marks);
            pairs.fold(false, |planted, (block, marks)| planted | plant_argument(block, marks))
        }
        (Json::Object(arguments), Json::Object(marks)) => {
            let marked = arguments
                .iter_mut()
                .filter_map(|(name, argument)| Some((argument, marks.get(name)?)));
            marked.fold(false, |planted, (argument, marks)| {
                planted | plant_argument(argument, marks)
            })
        }
        _ => false,
    }
}

/// Replaces what is marked in a value.
fn replace(value: &mut Json, marks: &Json) -> bool {
    match (value, marks) {
        (value, Json::Bool(true)) if !value.is_null() => {
            *value = json!(CANARY);
            true
        }
        (Json::Object(value), Json::Object(marks)) => {
            let marked = value
                .iter_mut()
                .filter_map(|(name, value)| Some((value, marks.get(name)?)));
            marked.fold(false, |planted, (value, marks)| planted | replace(value, marks))
        }
        (Json::Array(value), Json::Array(marks)) => value
            .iter_mut()
            .zip(marks)
            .fold(false, |planted, (value, marks)| planted | replace(value, marks)),
        _ => false,
    }
}

fn each(list: &mut Json) -> impl Iterator<Item = &mut Json> {
    list.as_array_mut().into_iter().flatten()
}

fn members(object: &mut Json) -> impl Iterator<Item = &mut Json> {
    object
        .as_object_mut()
        .into_iter()
        .flat_map(|object| object.values_mut())
}
