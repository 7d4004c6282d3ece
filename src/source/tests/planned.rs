//! What each argument evaluates to, against what Terraform planned for it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::Value;
use crate::source::{Block, Mode, Module, Part, Scope, Source, evaluate, evaluate_document};

/// The root module of a plan; of its resources nothing is known.
struct Planned<'p> {
    plan: &'p Json,
    each: BTreeMap<&'static str, Value>,
}

impl Scope for Planned<'_> {
    fn resolve(&self, traversal: &[Part]) -> Option<Value> {
        let names: Vec<&str> = traversal
            .iter()
            .map(|part| match part {
                Part::Name(name) => &**name,
                _ => "",
            })
            .collect();
        match names.as_slice() {
            ["var", name] => Some(of(&self.plan["variables"][*name]["value"])),
            ["path", _] => Some(Value::from(".")),
            ["terraform", "workspace"] => Some(Value::from("default")),
            ["each", "key"] => self.each.get("key").cloned(),
            ["each", "value"] => self.each.get("value").cloned(),
            ["count", "index"] => self.each.get("index").cloned(),
            _ => None,
        }
    }
}

fn of(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

/// The evaluated value without what Terraform converts: numbers and bools may become strings.
fn same(found: &Json, planned: &Json, unknown: &Json) -> bool {
    if unknown == &Json::Bool(true) || found.get("unknown").is_some() || found.get("sensitive").is_some() {
        return true;
    }
    match (found, planned) {
        (Json::Array(found), Json::Array(planned)) => {
            // A set is planned in another order.
            found.len() == planned.len()
                && found.iter().all(|found| {
                    planned
                        .iter()
                        .enumerate()
                        .any(|(at, planned)| same(found, planned, &unknown[at]))
                })
        }
        (Json::Object(found), Json::Object(planned)) => found.iter().all(|(name, found)| {
            found.is_null() || same(found, planned.get(name).unwrap_or(&Json::Null), &unknown[name])
        }),
        (Json::Number(_) | Json::Bool(_), Json::String(text)) => &found.to_string() == text,
        (Json::String(text), Json::Number(_) | Json::Bool(_)) => &planned.to_string() == text,
        (Json::Number(found), Json::Number(planned)) => found.as_f64() == planned.as_f64(),
        (Json::String(found), Json::String(planned)) => {
            found == planned
                || serde_json::from_str::<Json>(found).ok() == serde_json::from_str::<Json>(planned).ok()
                    && planned.starts_with(['{', '['])
        }
        (found, planned) => found == planned,
    }
}

fn check(folder: &Path, change: &Json, block: &Block, module: &Module, scope: &Planned, counts: &mut [usize; 3]) {
    let (after, unknown) = (&change["change"]["after"], &change["change"]["after_unknown"]);
    for name in block
        .arguments()
        .filter(|name| !["for_each", "count", "depends_on", "provider"].contains(name))
    {
        let expression = block.expression(&[name.into()]).unwrap();
        let found = serde_json::to_value(evaluate(expression, scope, module)).unwrap();
        assert!(
            found.is_null() || same(&found, &after[name], &unknown[name]),
            "{}: {} {name}\n  planned {}\n  found   {found}",
            folder.display(),
            change["address"],
            after[name],
        );
        // An empty list for an argument that the provider may fill in counts as unset to it.
        if unknown[name] == Json::Bool(true) && found != Json::Array(Vec::new()) {
            counts[1] += 1;
            assert!(
                found.to_string().contains("\"from\":[\""),
                "{} {} {name}: {found}",
                folder.display(),
                change["address"]
            );
            let document = evaluate_document(expression, scope, module);
            if document.get("unknown").is_none() {
                counts[2] += 1;
            }
        } else if found.get("unknown").is_none() {
            counts[0] += 1;
        }
    }
}

#[test]
fn arguments_are_what_was_planned() {
    let Some(stacks) = crate::beside::folder("stacks") else {
        return;
    };
    let mut counts = [0; 3];
    for stack in std::fs::read_dir(stacks).unwrap().flatten() {
        for folder in ["failed", "fixed", "after"].map(|case| stack.path().join(case)) {
            let Ok(plan) = std::fs::read_to_string(folder.join("plan.json")) else {
                continue;
            };
            let plan: Json = serde_json::from_str(&plan).unwrap();
            let source = Source::read(&folder).unwrap();
            let module = source.module(&[]).unwrap();
            for change in plan["resource_changes"].as_array().unwrap() {
                if change.get("module_address").is_some() || change["change"]["after"].is_null() {
                    continue;
                }
                let mode = if change["mode"] == "data" {
                    Mode::Data
                } else {
                    Mode::Managed
                };
                let (r#type, name) = (change["type"].as_str().unwrap(), change["name"].as_str().unwrap());
                let block = module.resource(mode, r#type, name).unwrap();
                let mut scope = Planned {
                    plan: &plan,
                    each: BTreeMap::new(),
                };
                if let Some(for_each) = block.for_each() {
                    let key = change["index"].as_str().unwrap();
                    let all = evaluate(for_each, &scope, module);
                    let value = match &all {
                        Value::Array(_) => Value::from(key),
                        all => all
                            .get(key)
                            .cloned()
                            .unwrap_or_else(|| Value::unknown(["each.value".into()])),
                    };
                    scope.each.insert("key", Value::from(key));
                    scope.each.insert("value", value);
                } else if block.count().is_some() {
                    scope.each.insert("index", of(&change["index"]));
                }
                check(&folder, change, block, module, &scope, &mut counts);
            }
        }
    }
    let [known, unknown, documents] = counts;
    println!("{known} arguments known, {unknown} not before apply, of which {documents} as documents");
    assert!(known > 0);
}
