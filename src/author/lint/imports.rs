//! The lint of imports that nothing names.

use serde_json::Value as Json;

use super::Fault;
use super::steps::{array, byte, is, steps};

/// Imports that nothing in the file names.
pub(super) fn unused(path: &str, text: &str, tree: &Json) -> Vec<Fault> {
    let mut faults = Vec::new();
    for import in array(tree, "imports") {
        let Some(steps) = import.get("refr").and_then(steps) else {
            continue;
        };
        let at = import.get("span").map_or(0, byte);
        let written = match import.get("as").filter(|alias| !alias.is_null()) {
            Some(place) => place
                .get("end")
                .and_then(Json::as_u64)
                .and_then(|end| text.get(byte(place)..usize::try_from(end).ok()?)),
            None => steps.last().and_then(|step| step.name.as_deref()),
        };
        let is_language = is(steps.first(), "rego") || is(steps.first(), "future");
        let Some(name) = written.filter(|_| !is_language) else {
            continue;
        };
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#') && !line.starts_with("import "));
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        if !code
            .flat_map(|line| line.split(|c| !is_letter(c)))
            .any(|word| word == name)
        {
            let message = format!("nothing reads the import `{name}`: take it out");
            faults.push(Fault::at("unused-import", path, text, at, message));
        }
    }
    faults
}
