//! Imports of packages, written out: to the engine, `import data.a` is the value of the whole package, which a package
//! under it cannot read without reading itself, and then it is empty, without an error.
//!
//! So `s3.buckets` becomes `data.lib.s3.buckets`, and the import goes. Lines stay where they are.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::syntax::{Module, variant};
use super::place::{Edits, edited, span};

/// The text without imports from `data`.
pub(super) fn rewrite(tree: &Json, module: &Module, text: &str) -> String {
    let mut edits = Edits::new();
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    let imports = tree.get("imports").and_then(Json::as_array).into_iter().flatten();
    for (node, import) in imports.zip(&module.imports) {
        let is_of_data = import.path.first().is_some_and(|root| root == "data");
        // An import of all of `input` or `data` says nothing, and the engine prints that.
        let says_nothing = import.path.len() == 1 && import.path.first() == Some(&import.alias);
        if !is_of_data && !says_nothing {
            continue;
        }
        let Some((start, _)) = span(node) else { continue };
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(['\n', '#', ';', '\r']).unwrap_or(rest.len());
        edits.push((start, start + length, String::new()));
        let path: Vec<String> = import.path.iter().skip(1).map(|part| format!("[\"{part}\"]")).collect();
        let dotted = format!("data.{}", import.path.get(1..).unwrap_or_default().join("."));
        let is_plain = |part: &String| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let written = match import.path.iter().all(is_plain) {
            true => dotted,
            false => format!("data{}", path.concat()),
        };
        if !says_nothing {
            paths.insert(&import.alias, written);
        }
    }
    let rules = tree.get("rules").and_then(Json::as_array).into_iter().flatten();
    for (node, rule) in rules.zip(&module.rules) {
        let mut walk = |alias: &str, place: (usize, usize)| {
            if let Some(path) = paths.get(alias).filter(|_| !rule.locals.contains(alias)) {
                edits.push((place.0, place.1, path.clone()));
            }
        };
        names(node, true, &mut walk);
    }
    edits.dedup();
    edited(text, edits)
}

/// The names that a rule reads, with their places; the first part of its head is its own name.
fn names(node: &Json, is_rule: bool, found: &mut impl FnMut(&str, (usize, usize))) {
    match node {
        Json::Array(nodes) => nodes.iter().for_each(|node| names(node, false, found)),
        Json::Object(members) => match variant(node) {
            Some(("Var", inner)) => {
                if let (Some(name), Some(place)) = (inner.get("value").and_then(Json::as_str), span(node)) {
                    found(name, place);
                }
            }
            Some((_, inner)) if is_rule => {
                // A rule's head is `{"Set": {"refr": ...}}` in `head`, and that of a default stands in the rule.
                let head = inner.get("head").and_then(variant).map_or(inner, |(_, head)| head);
                head_names(head.get("refr").unwrap_or(&Json::Null), found);
                let parts = head
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| *name != "refr");
                parts.for_each(|(_, part)| names(part, false, found));
                names(inner.get("bodies").unwrap_or(&Json::Null), false, found);
            }
            _ => members.values().for_each(|node| names(node, false, found)),
        },
        _ => {}
    }
}

/// The names in the brackets of a head.
fn head_names(refr: &Json, found: &mut impl FnMut(&str, (usize, usize))) {
    if let Some((_, inner)) = variant(refr) {
        inner
            .get("index")
            .into_iter()
            .for_each(|index| names(index, false, found));
        inner.get("refr").into_iter().for_each(|refr| head_names(refr, found));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rewritten(text: &str) -> String {
        let mut engine = regorus::Engine::new();
        engine.set_rego_v0(true);
        engine.add_policy("p.rego".to_owned(), text.to_owned()).unwrap();
        let ast: Json = serde_json::from_str(&engine.get_ast_as_json().unwrap()).unwrap();
        let module = super::super::super::syntax::module(&ast[0]["ast"], text).unwrap();
        rewrite(&ast[0]["ast"], &module, text)
    }

    #[test]
    fn imports_of_packages_are_written_out() {
        assert_eq!(
            rewritten(
                "package p\nimport data.lib.s3 # here\nimport data.x as y\nimport input.z\n\
                 deny[s3.name(r)] { r := s3.all[y.k]; not y; z.a }\nf(y) = y { y }\nx = 1 { s3 := 2; s3 > 1 }"
            ),
            "package p\n# here\n\nimport input.z\n\
             deny[data.lib.s3.name(r)] { r := data.lib.s3.all[data.x.k]; not data.x; z.a }\n\
             f(y) = y { y }\nx = 1 { s3 := 2; s3 > 1 }"
        );
    }

    #[test]
    fn a_package_under_one_that_it_imports_reads_it() {
        let mut engine = regorus::Engine::new();
        engine.set_rego_v0(true);
        for (name, text) in [
            (
                "main",
                "package main\nimport data.a.x\nimport data.a.y\ndeny[m] { m := x.x[_] }\ndeny[m] { m := y.y[_] }",
            ),
            ("x", "package a.x\nimport data.a\nx[n] { n := a.c[_].x }"),
            ("y", "package a.y\nimport data.a\ny[n] { n := a.c[_].y }"),
            ("a", "package a\nc[r] { r := input.r[_] }"),
        ] {
            engine.add_policy(format!("{name}.rego"), rewritten(text)).unwrap();
        }
        engine.set_input(regorus::Value::from_json_str(r#"{"r": [{"x": 1, "y": 2}]}"#).unwrap());
        assert_eq!(
            engine.eval_rule("data.main.deny".to_owned()).unwrap().to_string(),
            "[1,2]"
        );
    }
}
