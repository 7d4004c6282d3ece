//! The counts, and the last line: what the gate says and why.

use std::fmt::Write;
use std::time::Duration;

use anstyle::Style;

use super::{Paint, name, style_of};
use crate::pack::Severity;
use crate::report::{Counts, Exit, Gate, Options, PlanReport, Report, Row, Verdict, text};

/// The counts of one plan, and how much of it was judged.
pub(super) fn of_plan(out: &mut String, plan: &PlanReport, paint: Paint) {
    let _ = writeln!(out, "{}", counts(plan.counts, plan.results.iter(), paint));
    let _ = writeln!(
        out,
        "{}, {} of them judged by {}",
        text::count(plan.resources, "resource", "resources"),
        plan.judged,
        text::count(plan.policies(), "policy", "policies")
    );
}

/// What the gate says of all plans, why, and the time that it took.
pub(super) fn of_report(out: &mut String, report: &Report, options: &Options, paint: Paint) {
    if report.plans.len() > 1 {
        let rows = report.plans.iter().flat_map(|plan| &plan.results);
        let label = text::count(report.plans.len(), "plan", "plans");
        let _ = writeln!(out, "{label}: {}", counts(report.counts, rows, paint));
    }
    if let (Some(policy), Some(_)) = (&options.example_of, options.width) {
        let _ = writeln!(
            out,
            "`plangate explain {}` shows the Terraform to write",
            text::line(policy)
        );
    }
    let (word, verdict) = match report.exit {
        Exit::Passed => ("PASSED", Verdict::Pass),
        Exit::Failed => ("FAILED", Verdict::Fail),
        Exit::CannotDecide => ("CANNOT DECIDE", Verdict::Error),
    };
    let _ = write!(
        out,
        "{}: {}",
        paint.on(word, style_of(verdict).bold()),
        why(report, options)
    );
    if let Some(elapsed) = options.elapsed {
        let _ = write!(out, ", in {}", time(elapsed));
    }
    out.push('\n');
}

/// `3 fail (1 critical, 2 high), 1 unknown, 210 pass`: what there is none of is left out but for the first three.
fn counts<'a>(counts: Counts, rows: impl Iterator<Item = &'a Row>, paint: Paint) -> String {
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
    let part = |number: usize, name: &str, verdict| {
        let style = if number > 0 { style_of(verdict) } else { Style::new() };
        paint.on(&format!("{number} {name}"), style)
    };
    let mut fail = part(counts.fail, "fail", Verdict::Fail);
    if !each.is_empty() {
        let _ = write!(fail, " ({})", each.join(", "));
    }
    let mut parts = vec![fail, part(counts.unknown, "unknown", Verdict::Unknown)];
    if counts.waived > 0 {
        parts.push(part(counts.waived, "waived", Verdict::Waived));
    }
    parts.push(part(counts.pass, "pass", Verdict::Pass));
    for (number, name, verdict) in [
        (counts.not_applicable, "not applicable", Verdict::NotApplicable),
        (counts.error, "error", Verdict::Error),
    ] {
        if number > 0 {
            parts.push(part(number, name, verdict));
        }
    }
    parts.join(", ")
}

fn why(report: &Report, options: &Options) -> String {
    let gate = &options.gate;
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
        .filter_map(|plan| Some(format!("{} {}", name(plan), gate.undecided(plan)?)))
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

fn time(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        0 => "less than 1 ms".to_owned(),
        milliseconds @ 1..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
