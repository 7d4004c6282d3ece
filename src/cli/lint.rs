//! `plangate lint`: what is wrong with policies, and what their folders lack.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{output, policies, talk};
use crate::author::{self, Fault, LINTS};
use crate::pack::{Origin, PackError};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate lint policies
  plangate lint --fix our-policies
  plangate lint our-policies --format sarif >lint.sarif
  plangate lint --explain nested-loop

Exit codes:
  0  nothing is wrong
  1  something is
  2  there is no such folder, or wrong arguments";

/// How the faults are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the line and a mark
    #[default]
    Text,
    /// All of it, for machines
    Json,
    /// For code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// What `plangate lint` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Lint {
    /// The folder of policies
    #[arg(value_name = "DIR", default_value = "policies")]
    folder: PathBuf,

    /// How to write what is wrong
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Mend the layout first: blanks, tabs, blank lines, line ends
    #[arg(long)]
    fix: bool,

    /// Say why a lint matters, with what is wrong and right by it
    #[arg(long, value_name = "LINT", conflicts_with_all = ["fix", "format"])]
    explain: Option<String>,
}

/// Says what is wrong with each policy of a folder, or what a lint is about.
///
/// # Errors
///
/// Where there is no such folder or lint, or a file cannot be written.
pub(super) fn run(lint: &Lint) -> anyhow::Result<Exit> {
    if let Some(name) = &lint.explain {
        let found = author::lint_of(name).map_err(anyhow::Error::msg)?;
        output::print(found.page().as_bytes())?;
        return Ok(Exit::Passed);
    }
    if lint.fix {
        mend(lint)?;
    }
    let (number, faults) = match policies::of_folder(&lint.folder) {
        Ok(pack) => (pack.policies.len(), author::lint(&pack, &lint.folder)),
        Err(error) => match error.downcast_ref::<PackError>() {
            Some(unread) if lint.folder.is_dir() => (0, author::unloaded(unread)),
            _ => return Err(error),
        },
    };
    let written = match lint.format {
        Format::Text => shown(&faults, number),
        Format::Json => lines(&json!({"schema": 1, "policies": number, "problems": faults})),
        Format::Sarif => lines(&sarif(&faults)),
        Format::Github => faults.iter().map(annotation).collect(),
    };
    output::print(written.as_bytes())?;
    Ok(if faults.is_empty() { Exit::Passed } else { Exit::Failed })
}

/// Mends the layout of every file of Rego that can be read.
fn mend(lint: &Lint) -> anyhow::Result<()> {
    let pack = policies::of_folder(&lint.folder)?;
    let policies = pack.policies.iter().map(|policy| (&policy.path, policy.tests.as_ref()));
    let libraries = pack.libraries.iter().filter(|library| library.origin == Origin::Folder);
    let libraries = libraries.map(|library| (&library.path, library.tests.as_ref()));
    let files = policies.chain(libraries);
    for path in files.flat_map(|(path, tests)| [path].into_iter().chain(tests.map(|tests| &tests.path))) {
        let text = fs::read_to_string(path)?;
        let mended = author::mended(&text);
        if mended != text {
            output::save(path.as_ref(), mended.as_bytes())?;
            talk::note(&format!("mended {path}"));
        }
    }
    Ok(())
}

fn lines(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

fn shown(faults: &[Fault], policies: usize) -> String {
    let mut out = String::new();
    for fault in faults {
        let place = match fault.line {
            0 => fault.path.clone(),
            line => format!("{}:{line}:{}", fault.path, fault.column),
        };
        let _ = writeln!(
            out,
            "{}: {} [{}]",
            text::safe(&place),
            text::safe(&fault.message),
            fault.lint
        );
        if let Some(written) = &fault.text {
            let number = fault.line.to_string();
            // A tab takes four columns, in the line and before the mark.
            let before = written.chars().take(fault.column.saturating_sub(1));
            let columns = before.map(|c| if c == '\t' { 4 } else { 1 }).sum();
            let (blanks, written) = (" ".repeat(columns), written.replace('\t', "    "));
            let margin = " ".repeat(number.len());
            let _ = writeln!(out, " {number} | {}\n {margin} | {blanks}^", text::safe(&written));
        }
    }
    let policies = text::count(policies, "policy", "policies");
    let number = text::count(faults.len(), "problem", "problems");
    let _ = writeln!(out, "{policies}, {number}");
    out
}

/// SARIF 2.1.0.
fn sarif(faults: &[Fault]) -> serde_json::Value {
    let rules = LINTS
        .iter()
        .map(|lint| json!({"id": lint.name, "fullDescription": {"text": lint.why}}));
    let results = faults.iter().map(|fault| {
        let mut place = json!({"artifactLocation": {"uri": fault.path.replace('\\', "/")}});
        if fault.line > 0 {
            place["region"] = json!({"startLine": fault.line, "startColumn": fault.column});
        }
        json!({
            "ruleId": fault.lint,
            "level": "error",
            "message": {"text": fault.message},
            "locations": [{"physicalLocation": place}],
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "plangate lint",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

/// An annotation of GitHub Actions, whose own signs are written as it wants them.
fn annotation(fault: &Fault) -> String {
    let message = fault
        .message
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    let path = fault.path.replace('%', "%25").replace(':', "%3A").replace(',', "%2C");
    let place = match fault.line {
        0 => String::new(),
        line => format!(",line={line},col={}", fault.column),
    };
    format!("::error file={path}{place},title={}::{message}\n", fault.lint)
}
