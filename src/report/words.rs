//! What the gate says, in words that several formats share.

use std::borrow::Cow;

use super::{Exit, Gate, PlanReport, Report, Row, Verdict, text};
use crate::pack::Severity;

impl PlanReport {
    /// What a person calls the plan.
    pub(super) fn called(&self) -> Cow<'_, str> {
        match self.name.as_str() {
            "-" => "standard input".into(),
            name => text::safe(name),
        }
    }
}

/// What the gate says, in a word or two.
pub(super) fn exit(exit: Exit) -> &'static str {
    match exit {
        Exit::Passed => "PASSED",
        Exit::Failed => "FAILED",
        Exit::CannotDecide => "CANNOT DECIDE",
    }
}

/// How many failures there are of each severity, the worst first: `1 critical, 2 high`.
pub(super) fn severities<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<String> {
    let mut failures = [0; Severity::ALL.len()];
    for row in rows.filter(|row| row.verdict == Verdict::Fail) {
        for (severity, number) in Severity::ALL.into_iter().zip(&mut failures) {
            *number += usize::from(severity == row.severity);
        }
    }
    let each: Vec<String> = Severity::ALL
        .into_iter()
        .zip(failures)
        .rev()
        .filter(|(_, number)| *number > 0)
        .map(|(severity, number)| format!("{number} {severity}"))
        .collect();
    (!each.is_empty()).then(|| each.join(", "))
}

/// Why the gate says what it says: `3 findings at low or above`.
pub(super) fn why(report: &Report, gate: &Gate) -> String {
    let rows = || report.plans.iter().flat_map(|plan| &plan.results);
    match report.exit {
        Exit::CannotDecide => {
            let undecided = undecided(report, gate);
            match rows().filter(|row| gate.shuts(row)).count() {
                0 => undecided,
                1 => format!("{undecided}; 1 finding at {} or above fails", gate.fail_on),
                number => format!("{undecided}; {number} findings at {} or above fail", gate.fail_on),
            }
        }
        Exit::Failed => {
            let number = rows().filter(|row| gate.shuts(row)).count();
            let findings = text::count(number, "finding", "findings");
            format!(
                "{findings} at {} or above{}",
                gate.fail_on,
                if gate.new_only { " that this plan brings" } else { "" }
            )
        }
        Exit::Passed => {
            let below = rows().filter(|row| row.verdict == Verdict::Fail).count();
            let failures = match below {
                0 => "no failure".to_owned(),
                below if gate.new_only => {
                    format!(
                        "{} below {} or there before",
                        text::count(below, "failure", "failures"),
                        gate.fail_on
                    )
                }
                below => format!("{} below {}", text::count(below, "failure", "failures"), gate.fail_on),
            };
            match unknowns(rows()) {
                None => failures,
                Some(unknown) => format!("{failures}, {unknown}"),
            }
        }
    }
}

/// `a.json met a policy that broke; b.json cannot be judged`: at most three, and how many more there are.
fn undecided(report: &Report, gate: &Gate) -> String {
    const MOST: usize = 3;
    let all = report.plans.iter();
    let mut reasons: Vec<String> = all
        .filter_map(|plan| Some(format!("{} {}", plan.called(), gate.undecided(plan)?)))
        .collect();
    let more = reasons.len().saturating_sub(MOST);
    reasons.truncate(MOST);
    match (reasons.is_empty(), more) {
        (true, _) => "no plan was judged".to_owned(),
        (_, 0) => reasons.join("; "),
        (_, more) => format!("{} and {more} more", reasons.join("; ")),
    }
}

/// `2 unknown (1 critical)`: how many, and how many of them are of the worst severity.
fn unknowns<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<String> {
    let severities: Vec<Severity> = rows
        .filter(|row| row.verdict == Verdict::Unknown)
        .map(|row| row.severity)
        .collect();
    let worst = severities.iter().max()?;
    let number = severities.iter().filter(|severity| *severity == worst).count();
    Some(format!("{} unknown ({number} {worst})", severities.len()))
}
