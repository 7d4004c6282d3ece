//! Blocks that the provider fills in, in plans of every type that a policy examines.

use std::fs;
use std::path::{Path, PathBuf};

use plangate::model::{State, Value};

use crate::cases::{model, plan_of};

/// The folders below one that have a plan.
fn planned(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries
        .filter(|path| path.is_dir())
        .flat_map(|path| planned(&path))
        .collect();
    if folder.join("plan.json").is_file() {
        folders.push(folder.to_owned());
    }
    folders
}

/// All configuration of a folder and of the modules in it.
fn configuration(folder: &Path) -> String {
    let mut text = String::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            text.push_str(&configuration(&path));
        } else if path.extension().is_some_and(|end| end == "tf") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    text
}

#[test]
fn a_block_that_is_left_out_is_not_taken_for_a_dynamic_one() {
    let folders = planned(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"));
    assert!(folders.len() > 100, "only {} plans", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let text = configuration(&folder);
        for resource in model(&plan_of(&folder), State::After).resources.values().flatten() {
            for (name, value) in resource.values.as_object().unwrap() {
                let is_left_out = resource.config.get(name).is_none() && *value == Value::unknown([]);
                if is_left_out && !text.contains(&format!("dynamic \"{name}\"")) {
                    wrong.push(format!("{}: {}: {name}", folder.display(), resource.address));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
