//! From files to policies and libraries: what each file is, and whether it stands where its package says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::metadata::{self, Embedded, Fault};
use super::source::File;
use super::{Enforcement, Library, Origin, Pack, PackError, Policy, Problem, Severity, Source};
use crate::model::Value;

/// Words that Rego keeps for itself, and the roots of its documents.
const RESERVED: [&str; 18] = [
    "as", "contains", "data", "default", "else", "every", "false", "if", "import", "in", "input", "not", "null",
    "package", "rego", "some", "true", "with",
];

pub(super) fn assemble(files: Vec<File>, origin: Origin) -> Result<Pack, PackError> {
    let mut assembly = Assembly {
        origin,
        pack: Pack::default(),
        problems: Vec::new(),
    };
    let mut facts = BTreeMap::new();
    let mut tests = BTreeMap::new();
    let mut rego = Vec::new();
    for file in files {
        if is_test(&file.name) {
            tests.insert(file.name.clone(), file);
        } else if file.name.ends_with(".rego") {
            rego.push(file);
        } else {
            facts.insert(folder(&file.name).to_owned(), file);
        }
    }
    for file in rego {
        let test = tests.remove(&format!("{}_test.rego", file.name.trim_end_matches(".rego")));
        assembly.rego(file, test, &mut facts);
    }
    for (_, file) in facts {
        assembly.problems.push(Problem::new(
            file.shown,
            "has no policy beside it: move it into a policy's folder",
        ));
    }
    for (_, file) in tests {
        let stem = file_stem(&file.name);
        let stem = stem.strip_suffix("_test").unwrap_or(stem);
        let message = format!("tests nothing: there is no {stem}.rego beside it");
        assembly.problems.push(Problem::new(file.shown, message));
    }
    assembly.pack.sort();
    PackError::unless(assembly.problems, assembly.pack)
}

/// Whether a file is the tests of another: `a/load/load_test.rego`, but not the policy `a/load_test/load_test.rego`.
fn is_test(name: &str) -> bool {
    name.ends_with("_test.rego") && folder(name).rsplit('/').next() != Some(file_stem(name))
}

struct Assembly {
    origin: Origin,
    pack: Pack,
    problems: Vec<Problem>,
}

impl Assembly {
    fn rego(&mut self, file: File, test: Option<File>, facts: &mut BTreeMap<String, File>) {
        let data = facts.remove(folder(&file.name)).and_then(|facts| self.facts(facts));
        let tests = test.map(|test| Source {
            path: test.shown,
            text: test.text,
        });
        let (line, package) = match metadata::package(&file.text) {
            Ok((line, package)) => (line, Arc::<str>::from(package)),
            Err(fault) => return self.faults(&file.shown, vec![fault]),
        };
        let library = package.starts_with("lib.");
        if let Some(message) = misplaced(&file.name, &package, library) {
            return self.faults(&file.shown, vec![(line, message)]);
        }
        if library && metadata::is_of_policy(&file.text, line) {
            let last = package.rsplit('.').next().unwrap_or(&package);
            let message = format!(
                "is a policy by its METADATA and a library by its package, so it would never judge: name the package \
                 `acme.{last}`, say, or take the METADATA out"
            );
            return self.faults(&file.shown, vec![(line, message)]);
        }
        if library {
            let File { shown: path, text, .. } = file;
            self.pack.libraries.push(Library {
                package,
                path,
                text,
                data,
                tests,
                origin: self.origin,
            });
            return;
        }
        let embedded = file.metadata.and_then(Embedded::read);
        match embedded.map_or_else(|| metadata::read(&file.text, line), Ok) {
            Err(faults) => self.faults(&file.shown, faults),
            Ok(metadata) => self.pack.policies.push(Policy {
                id: package,
                title: metadata.title,
                description: metadata.description,
                severity: metadata.severity.unwrap_or(Severity::Critical),
                enforcement: Enforcement::default(),
                since: metadata.since,
                examines: metadata.examines,
                remediation: metadata.remediation,
                example: metadata.example,
                reports: metadata.reports,
                controls: metadata.controls,
                related: metadata.related,
                params: metadata.params,
                path: file.shown,
                text: file.text,
                data,
                tests,
                origin: self.origin,
            }),
        }
    }

    fn facts(&mut self, file: File) -> Option<Value> {
        match serde_json::from_str::<Value>(&file.text) {
            Ok(facts @ Value::Object(_)) => return Some(facts),
            Ok(_) => self
                .problems
                .push(Problem::new(file.shown, "must be an object: name the facts in it")),
            Err(error) => {
                self.problems.push(Problem::at(
                    file.shown,
                    error.line(),
                    format!("is not valid JSON: {error}"),
                ));
            }
        }
        None
    }

    fn faults(&mut self, path: &str, faults: Vec<Fault>) {
        self.problems.extend(
            faults
                .into_iter()
                .map(|(line, message)| Problem::at(path, line, message)),
        );
    }
}

/// Why a file is not where its package says, if so.
fn misplaced(name: &str, package: &str, library: bool) -> Option<String> {
    if let Some(segment) = package.split('.').find(|segment| !is_name(segment)) {
        return Some(format!(
            "`{segment}` in package `{package}` is no name: use lower-case letters, digits and underscores, and none of \
             Rego's own words"
        ));
    }
    let under = folder(name).replace('/', ".");
    let stem = file_stem(name);
    if library {
        // One file may be a whole library, or a folder's files together.
        let by_file = if under.is_empty() {
            stem.to_owned()
        } else {
            format!("{under}.{stem}")
        };
        return (package != under && package != by_file).then(|| {
            format!(
                "package `{package}` must stand in {}.rego or a folder of that name, not in {name}",
                path_of(package)
            )
        });
    }
    let last = package.rsplit('.').next().unwrap_or(package);
    if package != under {
        return Some(format!(
            "package `{package}` is in the folder of `{under}`: move the file to {}/{last}.rego or write `package {under}`",
            path_of(package)
        ));
    }
    (stem != last).then(|| format!("the policy `{package}` must be in the file {last}.rego, not {stem}.rego"))
}

/// Whether a policy can be called so: words with dots between them, as in `aws.s3.object_lock`.
pub fn is_id(id: &str) -> bool {
    id.split('.').all(is_name)
}

fn is_name(segment: &str) -> bool {
    segment.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && segment
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !RESERVED.contains(&segment)
}

fn path_of(package: &str) -> String {
    package.replace('.', "/")
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_stem(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_end_matches(".rego")
}
