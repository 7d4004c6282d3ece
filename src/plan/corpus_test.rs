//! Real plans, which are no part of this repository: they lie in a folder beside it, or where PLANGATE_SHARED says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::path::PathBuf;

use super::{Plan, PlanError, decode, parse};

/// The folder of plans; without it these tests show nothing.
fn plans() -> Option<PathBuf> {
    crate::beside::folder("plans")
}

fn json_files(folder: &PathBuf) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_real_plan_is_read() {
    let Some(folder) = plans() else { return };
    let mut refused = Vec::new();
    for path in json_files(&folder) {
        let read = |bytes| -> Result<Vec<String>, PlanError> {
            let decoded = decode(bytes)?;
            let plan = parse(&decoded.text)?;
            if let Err(error) = plan.ensure_finished() {
                eprintln!("{}: {error}", path.display());
            }
            assert_has_content(&plan);
            Ok(decoded.notes.into_iter().chain(plan.notes).collect())
        };
        match read(std::fs::read(&path).expect("a file")) {
            Ok(notes) => notes.iter().for_each(|note| eprintln!("{}: {note}", path.display())),
            Err(error) => refused.push(format!("{}: {error}", path.display())),
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Names that are always there show that members are not lost by a wrong name of theirs.
fn assert_has_content(plan: &Plan<'_>) {
    for change in &plan.resource_changes {
        assert!(!change.address.is_empty() && !change.resource_type.is_empty() && !change.change.actions.is_empty());
    }
    for resource in plan
        .configuration
        .iter()
        .flat_map(|configuration| &configuration.root_module.resources)
    {
        assert!(!resource.name.is_empty() && !resource.resource_type.is_empty());
    }
}

#[test]
fn odd_files_are_read_or_refused_as_their_index_says() {
    let Some(folder) = plans() else { return };
    let odd = folder.join("odd");
    let index = std::fs::read_to_string(odd.join("index.tsv")).expect("the index");
    for line in index.lines().skip(1) {
        let (file, must) = line.split_once('\t').expect("two columns");
        let bytes = std::fs::read(odd.join(file)).expect("a file");
        let length = bytes.len();
        let outcome = decode(bytes).and_then(|decoded| {
            parse(&decoded.text)?;
            Ok(())
        });
        let is_right = match (file, &outcome) {
            (_, Ok(())) => must.starts_with("read"),
            ("binary.tfplan", Err(PlanError::BinaryPlan)) => true,
            ("empty.json", Err(PlanError::Empty)) => true,
            ("human-readable-plan-ansi.txt" | "human-readable-plan.txt", Err(PlanError::HumanReadable)) => true,
            ("show-json-state.json", Err(PlanError::State)) => true,
            ("terraform-plan-json-ui-stream.jsonl", Err(PlanError::EventLog)) => true,
            ("truncated.json", Err(PlanError::Truncated { byte, .. })) => *byte == length,
            ("two-plans-concatenated.json", Err(PlanError::SeveralDocuments { .. })) => true,
            _ => false,
        };
        assert!(is_right, "{file} must: {must}; but: {outcome:?}");
    }
}
