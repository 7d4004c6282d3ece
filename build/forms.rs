//! What the rules of the embedded libraries make: a check of a policy that calls them has to know, and to read it from
//! their text takes longer than the check.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use regorus::Engine;
use serde_json::Value as Json;

use crate::link::File;
use crate::syntax::{self, Form};

/// The rules of each library's package with their forms, as an expression of Rust.
///
/// # Errors
///
/// Where a file is not valid Rego.
pub(crate) fn of_libraries(files: &[File]) -> Result<String, String> {
    let is_library = |file: &&File| file.name.starts_with("lib/");
    let mut packages: BTreeMap<String, BTreeMap<String, Form>> = BTreeMap::new();
    for file in files.iter().filter(is_library) {
        let module = tree(file).and_then(|tree| syntax::module(&tree, &file.text));
        let module = module.ok_or_else(|| format!("{}: its rules cannot be read", file.name))?;
        let rules = module.rules.into_iter().map(|rule| (rule.name, rule.form));
        packages.entry(module.package).or_default().extend(rules);
    }
    let mut table = String::from("&[\n");
    for (package, rules) in packages {
        let rules: Vec<String> = rules
            .iter()
            .map(|(name, form)| format!("({name:?}, Form::{form:?})"))
            .collect();
        let _ = writeln!(table, "    ({package:?}, &[{}]),", rules.join(", "));
    }
    table.push_str("]\n");
    Ok(table)
}

/// The engine's syntax tree of a file.
fn tree(file: &File) -> Option<Json> {
    let mut engine = Engine::new();
    engine.add_policy(file.name.clone(), file.text.clone()).ok()?;
    let mut trees: Json = serde_json::from_str(&engine.get_ast_as_json().ok()?).ok()?;
    Some(trees.get_mut(0)?.get_mut("ast")?.take())
}
