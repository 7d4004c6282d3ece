//! `# plangate:lint-ignore LINT reason`: a fault that is meant to be there.

use std::collections::BTreeMap;

use super::{Fault, lint_of};

const SIGN: &str = "plangate:lint-ignore";

/// A comment that takes a lint back for its own line, or, where it has that to itself, for the next.
struct Ignore {
    line: usize,
    of: usize,
    lint: String,
    used: bool,
}

/// The faults that no comment takes back, and those of the comments.
pub(super) fn applied<'a>(faults: Vec<Fault>, files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Fault> {
    let mut kept = Vec::new();
    let mut ignores: BTreeMap<&str, (&str, Vec<Ignore>)> = BTreeMap::new();
    for (path, text) in files.filter(|(_, text)| text.contains(SIGN)) {
        let mut of_file = Vec::new();
        for (index, written) in text.lines().enumerate() {
            let Some((before, rest)) = written
                .split_once('#')
                .and_then(|(before, comment)| Some((before, comment.trim_start().strip_prefix(SIGN)?)))
            else {
                continue;
            };
            let line = index + 1;
            let mut words = rest.split_whitespace();
            let lint = words.next().unwrap_or_default();
            let problem = match (lint_of(lint), words.next()) {
                (Err(problem), _) => Some(problem),
                (Ok(_), None) => Some(format!("give the reason: `# {SIGN} {lint} <reason>`")),
                _ => None,
            };
            if let Some(problem) = problem {
                kept.push(Fault::on("lint-ignore", path, text, line, problem));
                continue;
            }
            let of = if before.trim().is_empty() { line + 1 } else { line };
            of_file.push(Ignore {
                line,
                of,
                lint: lint.to_owned(),
                used: false,
            });
        }
        ignores.insert(path, (text, of_file));
    }
    for fault in faults {
        let ignore = ignores.get_mut(fault.path.as_str()).and_then(|(_, list)| {
            list.iter_mut()
                .find(|ignore| ignore.of == fault.line && ignore.lint == fault.lint)
        });
        match ignore {
            Some(ignore) => ignore.used = true,
            None => kept.push(fault),
        }
    }
    for (path, (text, list)) in ignores {
        for ignore in list.iter().filter(|ignore| !ignore.used) {
            let message = format!(
                "takes back no fault of `{}` on line {}: remove it",
                ignore.lint, ignore.of
            );
            kept.push(Fault::on("lint-ignore", path, text, ignore.line, message));
        }
    }
    kept
}
