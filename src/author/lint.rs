//! What the folder of a policy must hold, and whether what is generated in it is up to date.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::page;
use crate::engine;
use crate::pack::{Pack, Policy};

/// A generated file, and what it must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Where it stands.
    pub path: PathBuf,
    /// All of its text.
    pub text: String,
}

/// What stands in the place of a generated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Just that text, but for line ends.
    Current,
    /// One that was generated before.
    Stale,
    /// No file.
    Missing,
    /// What somebody wrote, or what cannot be read: it is not to be overwritten.
    Foreign,
}

impl Standing {
    /// What is wrong with the file, and the way out; `folder` is that of the policies.
    pub fn problem(self, folder: &Path) -> String {
        let mend = || format!("run `plangate docs {}`", folder.display());
        match self {
            Standing::Current => String::new(),
            Standing::Stale => format!("is out of date: {}", mend()),
            Standing::Missing => format!("is missing: {}", mend()),
            Standing::Foreign => "is not made by plangate: move it, or delete it".to_owned(),
        }
    }
}

impl Generated {
    /// What stands there now.
    pub fn standing(&self) -> Standing {
        match fs::read_to_string(&self.path) {
            Ok(text) if text.replace("\r\n", "\n") == self.text => Standing::Current,
            Ok(text) if text.starts_with(page::MADE) => Standing::Stale,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Standing::Missing,
            _ => Standing::Foreign,
        }
    }
}

/// The generated files of a folder of policies: a page for each, and the index.
pub fn generated(pack: &Pack, folder: &Path) -> Vec<Generated> {
    let pages = pack.policies.iter().map(|policy| Generated {
        path: folder_of(folder, policy).join("README.md"),
        text: page::page(policy),
    });
    let index = Generated {
        path: folder.join("README.md"),
        text: page::index(pack),
    };
    pages.chain([index]).collect()
}

/// The folder that a policy is in, below that of its pack.
pub fn folder_of(folder: &Path, policy: &Policy) -> PathBuf {
    folder.join(policy.id.replace('.', "/"))
}

/// What a policy's folder lacks, each with the way to mend it.
pub fn lint(policy: &Policy, folder: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let mut say = |path: &Path, problem: &str| problems.push(format!("{}: {problem}", path.display()));
    let name = policy.id.rsplit('.').next().unwrap_or(&policy.id);
    let tests = folder.join(format!("{name}_test.rego"));
    if !tests.is_file() {
        say(&tests, "is missing: write Rego tests of the policy's edge cases");
    }
    let fixtures = fixtures(folder);
    if fixtures.is_empty() {
        say(
            &folder.join("main.tf"),
            "is missing: write the fixture, with resources called pass_*, fail_* and unknown_*",
        );
    }
    for fixture in fixtures {
        if !fixture.join("main.tf").is_file() {
            say(
                &fixture.join("main.tf"),
                "is missing: a folder of that name is a case, so write its fixture or rename it",
            );
        }
        if !fixture.join("plan.json").is_file() {
            say(
                &fixture.join("plan.json"),
                "is missing: plan main.tf and put `terraform show -json` of it here",
            );
        }
    }
    for path in [folder.join(format!("{name}.rego")), tests] {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            let place = format!("{}:{}", path.display(), number + 1);
            if line.chars().count() > 120 {
                problems.push(format!("{place}: is longer than 120 columns: break it"));
            }
            if line.trim_end() != line {
                problems.push(format!(
                    "{place}: ends in blanks: remove them, or run `opa fmt --write`"
                ));
            }
        }
    }
    if let Some(problem) = engine::astray(policy) {
        problems.push(format!("{}: {problem}", policy.path));
    }
    if policy.since.is_empty() {
        problems.push(format!(
            "{}: METADATA has no `since`: say the version that brings it",
            policy.path
        ));
    }
    if policy.related.is_empty() {
        problems.push(format!(
            "{}: METADATA has no `related_resources`: link the documentation",
            policy.path
        ));
    }
    if policy.example.is_none() {
        problems.push(format!(
            "{}: METADATA has no `example`: show the configuration to write",
            policy.path
        ));
    }
    if policy.title.trim_end().ends_with('.') {
        problems.push(format!(
            "{}: the title ends in a full stop: it is a heading",
            policy.path
        ));
    }
    if !policy.remediation.trim_end().ends_with('.') {
        problems.push(format!(
            "{}: the remediation is no sentence: end it in a full stop",
            policy.path
        ));
    }
    problems
}

/// The folders that hold a `main.tf` to be planned: its cases, and the policy's own where it has one.
fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let mut fixtures: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| super::of_folder(&entry.file_name().to_string_lossy()).is_some())
        .map(|entry| entry.path())
        .filter(|case| case.is_dir())
        .chain(Some(folder.to_path_buf()).filter(|folder| folder.join("main.tf").is_file()))
        .collect();
    fixtures.sort();
    fixtures
}
