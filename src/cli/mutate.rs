//! `plangate test --mutate`: what the fixtures and tests of policies would not notice.

use std::fmt::Write;
use std::path::Path;

use super::{output, talk};
use crate::author::{self, Mutant, Mutation};
use crate::engine::Limits;
use crate::pack::{Pack, Policy};
use crate::report::Exit;

/// Changes each selected policy in one place at a time, and says which changes nothing notices. More than `most` per
/// cent of them fail.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn run(folder: &Path, pack: &Pack, selected: &[Policy], as_of: &str, most: f64) -> anyhow::Result<Exit> {
    let (mut judged, mut survived, mut invalid, mut broken) = (0, 0, 0, 0);
    for policy in selected {
        let folder = author::folder_of(folder, policy);
        match author::mutate(pack, policy, &folder, as_of, &Limits::default()) {
            Ok(mutation) => {
                judged += mutation.judged();
                survived += mutation.survivors.len();
                invalid += mutation.invalid;
                output::print(shown(policy, &mutation).as_bytes())?;
            }
            Err(problem) => {
                broken += 1;
                let problem = problem.replace('\n', "\n       ");
                output::print(format!("FAIL {}: its own rules are noticed: {problem}\n", policy.id).as_bytes())?;
            }
        }
    }
    let share = percent(survived, judged);
    let total = format!(
        "\n{judged} mutants, {} killed, {survived} survived ({share:.1} %); {invalid} more do not compile\n",
        judged - survived
    );
    output::print(total.as_bytes())?;
    if broken > 0 {
        talk::error(&format!(
            "{broken} policies do not do what their fixtures and tests say: see `plangate test` without --mutate"
        ));
        return Ok(Exit::Failed);
    }
    if share > most {
        talk::error(&format!(
            "{share:.1} % of the mutants survive, more than {most} %: add fixtures or tests that notice them"
        ));
        return Ok(Exit::Failed);
    }
    Ok(Exit::Passed)
}

fn percent(part: usize, of: usize) -> f64 {
    match of {
        0 => 0.0,
        // Both are numbers of places in a few files.
        _ => 100.0 * part as f64 / of as f64,
    }
}

/// A policy's line, and the mutants that nothing noticed.
fn shown(policy: &Policy, mutation: &Mutation) -> String {
    let mut out = String::new();
    let mark = if mutation.survivors.is_empty() { "ok  " } else { "    " };
    let (killed, survived) = (mutation.killed, mutation.survivors.len());
    let _ = writeln!(out, "{mark} {}: {killed} killed, {survived} survived", policy.id);
    for mutant in &mutation.survivors {
        let Mutant {
            line, change, old, new, ..
        } = mutant;
        let _ = writeln!(out, "       {}:{line}: {change}\n         - {old}", policy.path);
        if !new.is_empty() {
            let _ = writeln!(out, "         + {new}");
        }
    }
    out
}
