//! Lints: what is wrong with policies and with their folders beyond what keeps them from being loaded.

mod catalog;
mod code;
mod folder;
mod ignore;
mod imports;
mod layout;
mod metadata;
mod steps;

use std::path::Path;

use serde::Serialize;

use super::generated::{Standing, folder_of, generated};
use crate::engine::{self, Engine, EngineError, Limits};
use crate::pack::{Origin, Pack, PackError, Policy, Source};

pub use catalog::{LINTS, Lint, lint_of};
pub use layout::mended;

/// Something that is wrong: by which lint, where, and the way out.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Fault {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 where it is the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 where the line is 0.
    pub column: usize,
    /// The name of the lint.
    pub lint: &'static str,
    /// What is wrong and the way out.
    pub message: String,
    /// The line as it is written, where there is one.
    #[serde(rename = "source")]
    pub text: Option<String>,
}

impl Fault {
    /// At a byte of a text.
    fn at(lint: &'static str, path: &str, text: &str, byte: usize, message: String) -> Fault {
        let before = text.get(..byte).unwrap_or_default();
        let begin = before.rfind('\n').map_or(0, |end| end + 1);
        Fault {
            path: path.to_owned(),
            line: 1 + before.matches('\n').count(),
            column: 1 + before[begin..].chars().count(),
            lint,
            message,
            text: text[begin..].lines().next().map(str::to_owned),
        }
    }

    /// At the first letter of a line, from 1; of the whole file where that is 0.
    fn on(lint: &'static str, path: &str, text: &str, line: usize, message: String) -> Fault {
        // The end of a file is on its last line.
        let line = line.min(text.lines().count());
        let Some(written) = line.checked_sub(1).and_then(|index| text.lines().nth(index)) else {
            return Fault::of(lint, path, message);
        };
        let blanks = written.chars().take_while(|c| c.is_whitespace()).count();
        Fault {
            path: path.to_owned(),
            line,
            column: 1 + blanks,
            lint,
            message,
            text: Some(written.to_owned()),
        }
    }

    /// Of a file as a whole.
    fn of(lint: &'static str, path: &str, message: String) -> Fault {
        Fault {
            path: path.to_owned(),
            line: 0,
            column: 0,
            lint,
            message,
            text: None,
        }
    }
}

/// The lints of what keeps a policy from ever saying what it should.
const MISLEADING: [&str; 5] = [
    "astray",
    "unfilled",
    "unknown-argument",
    "unknown-member",
    "unknown-type",
];

/// What in the policies of folders keeps them from ever saying what they should, by path and line: they ask for what no
/// plan has, are not run on what they read, or are not written to their end.
pub fn misleading(pack: &Pack) -> Vec<Fault> {
    let mut faults = Vec::new();
    let own = pack.policies.iter().filter(|policy| policy.origin == Origin::Folder);
    let own: Vec<&Policy> = own.collect();
    for policy in &own {
        faults.extend(of_policy(policy));
    }
    let files = own.iter().map(|policy| (&*policy.path, &*policy.text));
    let mut faults = ignore::applied(faults, files);
    let is_of_rules = |path: &str| own.iter().any(|policy| policy.path == path);
    faults.retain(|fault| MISLEADING.contains(&fault.lint) && is_of_rules(&fault.path));
    faults.sort();
    faults
}

/// What keeps the files of a folder from being loaded, as faults.
pub fn unloaded(error: &PackError) -> Vec<Fault> {
    let faults = error.problems().iter().map(|problem| {
        let text = std::fs::read_to_string(&problem.path).unwrap_or_default();
        let line = problem.line.unwrap_or(0);
        Fault::on("load", &problem.path, &text, line, problem.message.clone())
    });
    faults.collect()
}

/// Everything that is wrong with the policies and libraries of a folder, sorted by file and line.
pub fn lint(pack: &Pack, folder: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Err(error) = Engine::new(pack, Limits::default()) {
        faults.extend(rejected(&error));
    }
    for policy in &pack.policies {
        faults.extend(folder::faults(policy, &folder_of(folder, policy)));
        faults.extend(of_policy(policy));
        faults.extend(policy.tests.iter().flat_map(layout::faults));
    }
    for library in pack.libraries.iter().filter(|library| library.origin == Origin::Folder) {
        let source = Source {
            path: library.path.clone(),
            text: library.text.clone(),
        };
        faults.extend(file(&source, false));
        faults.extend(library.tests.iter().flat_map(layout::faults));
    }
    for page in generated(pack, folder) {
        let standing = page.standing();
        if standing != Standing::Current {
            let path = page.path.display().to_string();
            faults.push(Fault::of("page", &path, standing.problem(folder)));
        }
    }
    let files = pack.policies.iter().map(|policy| (&*policy.path, &*policy.text));
    let files = files.chain(pack.libraries.iter().map(|library| (&*library.path, &*library.text)));
    let mut faults = ignore::applied(faults, files);
    faults.sort();
    faults.dedup();
    faults
}

/// What is wrong with the text of a policy.
fn of_policy(policy: &Policy) -> Vec<Fault> {
    let source = Source {
        path: policy.path.clone(),
        text: policy.text.clone(),
    };
    let mut faults = file(&source, true);
    faults.extend(metadata::faults(policy));
    faults.extend(engine::astray(policy).map(|message| Fault::on("astray", &policy.path, &policy.text, 1, message)));
    faults
}

fn rejected(error: &EngineError) -> Vec<Fault> {
    let EngineError::Rejected(rejections) = error else {
        return vec![Fault::of("load", "", error.to_string())];
    };
    let faults = rejections.as_slice().iter().map(|rejection| {
        let text = std::fs::read_to_string(&rejection.path).unwrap_or_default();
        let (line, message) = match rejection.line {
            // The engine's own message has the place in it: `--> file:line:column`.
            0 => located(&rejection.message),
            line => (usize::try_from(line).unwrap_or(0), rejection.message.clone()),
        };
        Fault::on("load", &rejection.path, &text, line, message)
    });
    faults.collect()
}

/// The line in a message of the engine's, and what it says there.
fn located(message: &str) -> (usize, String) {
    let place = message.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let line = place
        .and_then(|place| place.rsplit(':').nth(1)?.parse().ok())
        .unwrap_or(0);
    let said = message
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix("error: "));
    (line, said.map_or_else(|| message.to_owned(), str::to_owned))
}

/// What is wrong with a file of rules.
fn file(source: &Source, is_policy: bool) -> Vec<Fault> {
    let mut faults = layout::faults(source);
    // What does not parse is said by the engine.
    if let Ok(tree) = engine::tree(source) {
        let found = code::faults(&source.path, &source.text, &tree).into_iter();
        // The vocabulary is what tells unset from unknown: it asks the values themselves.
        faults.extend(found.filter(|fault| is_policy || fault.lint != "negated-lookup"));
        faults.extend(imports::unused(&source.path, &source.text, &tree));
    }
    faults
}
