//! Every configuration among the shared stacks, against the plan that was made from it.

use crate::source::{Mode, Source};

#[test]
fn stacks_are_what_their_plans_were_made_from() {
    let Some(stacks) = crate::beside::folder("stacks") else {
        return;
    };
    let mut read = 0;
    for stack in std::fs::read_dir(stacks).unwrap().flatten() {
        for case in ["failed", "fixed", "before", "after"] {
            let folder = stack.path().join(case);
            if !folder.is_dir() {
                continue;
            }
            let source = Source::read(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            read += 1;
            let Ok(plan) = std::fs::read_to_string(folder.join("plan.json")) else {
                continue;
            };
            let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
            let root = &plan["configuration"]["root_module"];
            let resources = root["resources"].as_array().into_iter().flatten();
            let addresses: Vec<String> = resources
                .map(|resource| resource["address"].as_str().unwrap().to_owned())
                .chain(
                    root["module_calls"]
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(name, _)| format!("module.{name}")),
                )
                .collect();
            assert!(
                source.matches(addresses.iter().map(String::as_str)),
                "{}",
                folder.display()
            );
            assert!(!source.matches(addresses.iter().skip(1).map(String::as_str).chain(["aws_x.other"])));
            for resource in root["resources"].as_array().into_iter().flatten() {
                let mode = if resource["mode"] == "data" {
                    Mode::Data
                } else {
                    Mode::Managed
                };
                let (r#type, name) = (resource["type"].as_str().unwrap(), resource["name"].as_str().unwrap());
                let block = source.module(&[]).unwrap().resource(mode, r#type, name).unwrap();
                let text = std::fs::read_to_string(folder.join(block.file())).unwrap();
                let line = text.lines().nth(block.line() - 1).unwrap();
                assert!(
                    line.contains(r#type) && line.contains(name),
                    "{}:{}",
                    block.file(),
                    block.line()
                );
            }
        }
    }
    assert!(read > 0, "the shared stacks hold no configuration");
}
