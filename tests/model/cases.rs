//! One folder under `testdata/model` is one case: `main.tf`, the `plan.json` made from it, and what the model must be.
//!
//! `PLANGATE_BLESS=1 cargo test --test model` writes `expected.txt`; whoever blesses reads it against `main.tf`.

use std::fs;
use std::path::{Path, PathBuf};

use plangate::model::{Model, State, build};
use plangate::plan::{decode, parse};
use plangate::source::Source;

use crate::{invariants, render};

/// No fewer cases than this: one for each form in which Terraform writes a reference, a value or a change.
const CASES: usize = 65;

/// The folders of all cases.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/model");
    let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The folder of one case.
pub(crate) fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/model").join(case)
}

/// The text of a case's plan.
pub(crate) fn plan_of(folder: &Path) -> String {
    let path = folder.join("plan.json");
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    decode(bytes).unwrap().text
}

/// The model of one state of a plan.
pub(crate) fn model(plan: &str, state: State) -> Model {
    build(&parse(plan).unwrap(), state, None)
}

#[test]
fn every_case_is_modelled_as_expected() {
    let folders = folders();
    assert!(folders.len() >= CASES, "only {} cases", folders.len());
    let differences: Vec<String> = folders.iter().filter_map(|folder| difference(folder)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What differs from a case's `expected.txt`, which is rewritten instead where PLANGATE_BLESS is set.
fn difference(folder: &Path) -> Option<String> {
    let configuration = fs::read_to_string(folder.join("main.tf")).unwrap();
    let plan = plan_of(folder);
    let after = model(&plan, State::After);
    let before = model(&plan, State::Before);
    let source = Source::read(folder).unwrap();
    let evaluated = build(&parse(&plan).unwrap(), State::After, Some(&source));
    for model in [&after, &before, &evaluated] {
        invariants::check(folder, model);
    }
    let mut rendered = render::render(&after, &configuration);
    let more = lines_beyond(&rendered, &render::render(&evaluated, &configuration));
    if !more.is_empty() {
        rendered.push_str("\nwith the configuration:\n");
        rendered.push_str(&more);
    }
    if configuration.lines().any(|line| line.trim() == "# state: before") {
        rendered.push_str("\nbefore apply:\n");
        rendered.push_str(&render::render(&before, &configuration));
    }
    let path = folder.join("expected.txt");
    if std::env::var_os("PLANGATE_BLESS").is_some() {
        fs::write(&path, rendered).unwrap();
        return None;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    (rendered != expected).then(|| {
        let name = folder.file_name().unwrap().to_string_lossy();
        format!(
            "{name}: (- expected, + found; PLANGATE_BLESS=1 accepts)\n{}",
            lines_apart(&expected, &rendered)
        )
    })
}

/// The lines that only one of two texts has, signed.
fn lines_apart(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("- {line}\n"));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("+ {line}\n"));
    gone.chain(come).collect()
}

/// As [`lines_apart`], without the lines that only tell the attribute as well, which the plan cuts off behind a key.
fn lines_beyond(old: &str, new: &str) -> String {
    let continues = |line: &str, other: &str| {
        other
            .strip_prefix(line)
            .is_some_and(|tail| tail.starts_with([' ', '.']))
    };
    let is_final = |line: &&str| !new.lines().any(|other| continues(line, other));
    let is_new = |line: &&str| !old.lines().any(|other| continues(other, line));
    let old: Vec<&str> = old.lines().filter(is_final).collect();
    let new: Vec<&str> = new.lines().filter(is_new).collect();
    lines_apart(&old.join("\n"), &new.join("\n"))
}
