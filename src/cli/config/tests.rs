//! Configuration files: what is refused and how, what is read, and that the schema says the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::file::KEYS;
use super::*;
use crate::pack::{Enforcement, Severity};
use crate::report::OnUnknown;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/config");

fn cases(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(Path::new(FOLDER).join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| (path.display().to_string(), fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

#[test]
fn each_wrong_file_is_refused_at_its_places() {
    let cases = cases("wrong");
    assert!(cases.len() >= 40, "{}", cases.len());
    for (path, text) in cases {
        let expected = text.lines().next().unwrap().strip_prefix("#! ").unwrap();
        let expected: Vec<&str> = expected.split(" | ").collect();
        let problems = File::read("plangate.toml", &text).unwrap_err();
        assert_eq!(problems.len(), expected.len(), "{path}: {problems:?}");
        for expected in expected {
            let is_placed = expected.starts_with(|first: char| first.is_ascii_digit());
            let wanted = if is_placed {
                format!("plangate.toml:{expected}")
            } else {
                expected.to_owned()
            };
            let said = problems
                .iter()
                .any(|problem| problem.contains(&wanted) && problem.starts_with("plangate.toml:"));
            assert!(said, "{path}: {wanted}\n{problems:?}");
        }
    }
}

#[test]
fn whole_file_and_the_template_are_read() {
    let text = cases("right").remove(0).1;
    let file = File::read("plangate.toml", &text).unwrap();
    assert_eq!(file.fail_on.map(|at| (at.value, at.line)), Some((Severity::High, 14)));
    assert_eq!(file.unknown.map(|at| at.value), Some(OnUnknown::Pass));
    assert_eq!(file.unknown_by[&Severity::Critical].value, OnUnknown::Fail);
    let of_policy = &file.policies["aws.s3.encryption"].value;
    assert_eq!(
        of_policy.enforcement.as_ref().map(|at| at.value),
        Some(Enforcement::Soft)
    );
    assert_eq!(of_policy.params["require_kms"].value, crate::model::Value::Bool(true));
    assert_eq!(file.bundles.unwrap().value.len(), 2);
    assert_eq!(file.waivers[0].excuse.source.line, 27);
    // The template's keys are comments; with these taken away it is a file that says something of everything.
    let template = include_str!("template.toml");
    assert!(File::read("plangate.toml", template).is_ok());
    let uncommented: String = template
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(key) if !key.starts_with(' ') => Some(format!("{key}\n")),
            Some(_) => None,
            None => Some(format!("{line}\n")),
        })
        .collect();
    let file = File::read("plangate.toml", &uncommented).unwrap();
    assert_eq!((file.waivers.len(), file.policies.len()), (1, 1));
}

/// What a TOML text is as JSON.
fn json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap()
}

#[test]
fn schema_admits_what_is_read_and_refuses_what_is_not() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json(&cases("right")[0].1)));
    // What a schema cannot tell: formats by name, sources, days that no month has, and what is no TOML.
    let beyond = [
        "format_",
        "bundle_http",
        "waiver_no_day",
        "waiver_time",
        "params_nan",
        "twice",
        "no_toml",
        "open_text",
    ];
    let cases = cases("wrong").into_iter();
    for (path, text) in cases.filter(|(path, _)| !beyond.iter().any(|name| path.contains(&format!("/{name}")))) {
        assert!(!validator.is_valid(&json(&text)), "{path}");
    }
}

#[test]
fn schema_has_every_key() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (path, keys) in KEYS {
        let at = match path {
            "" => &schema["properties"],
            "policy" | "waiver" | "bundle" => &schema["$defs"][path]["properties"],
            path => &schema["properties"][path]["properties"],
        };
        let described: BTreeSet<&str> = at.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(described, keys.iter().copied().collect(), "{path}");
    }
}
