//! The counts, and the last line: what the gate says and why.

use std::fmt::Write;
use std::time::Duration;

use anstyle::Style;

use super::{Paint, count, style_of};
use crate::pack::Severity;
use crate::report::{Counts, Exit, Options, PlanReport, Report, Row, Verdict, text};

/// The counts of one plan, and how much of it was judged.
pub(super) fn of_plan(out: &mut String, plan: &PlanReport, paint: Paint) {
    let _ = writeln!(out, "{}", counts(plan.counts, plan.results.iter(), paint));
    let _ = writeln!(
        out,
        "{}, {} of them judged by {}",
        count(plan.resources, "resource", "resources"),
        plan.judged,
        count(plan.policies(), "policy", "policies")
    );
}

/// What the gate says of all plans, why, and the time that it took.
pub(super) fn of_report(out: &mut String, report: &Report, options: &Options, paint: Paint) {
    if report.plans.len() > 1 {
        let rows = report.plans.iter().flat_map(|plan| &plan.results);
        let label = count(report.plans.len(), "plan", "plans");
        let _ = writeln!(out, "{label}: {}", counts(report.counts, rows, paint));
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
    let mut parts = vec![
        fail,
        part(counts.unknown, "unknown", Verdict::Unknown),
        part(counts.pass, "pass", Verdict::Pass),
    ];
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
            let undecided = report.plans.iter().filter_map(|plan| Some((plan, reason(plan)?)));
            let reasons: Vec<String> = undecided
                .map(|(plan, reason)| format!("{} {reason}", text::safe(&plan.path)))
                .collect();
            if reasons.is_empty() {
                "no plan was judged".to_owned()
            } else {
                reasons.join("; ")
            }
        }
        Exit::Failed => {
            let number = rows().filter(|row| gate.shuts(row)).count();
            let findings = count(number, "finding", "findings");
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
                        count(below, "failure", "failures"),
                        gate.fail_on
                    )
                }
                below => format!("{} below {}", count(below, "failure", "failures"), gate.fail_on),
            };
            match report.counts.unknown {
                0 => failures,
                unknown => format!("{failures}, {unknown} unknown"),
            }
        }
    }
}

/// Why this plan is not decided on, where it is not.
fn reason(plan: &PlanReport) -> Option<&'static str> {
    if plan.error.is_some() {
        Some("cannot be decided on")
    } else if plan.counts.error > 0 {
        Some("met a policy that broke")
    } else if plan.results.is_empty() {
        Some("was judged by no policy")
    } else if plan.examines_nothing() {
        Some("has nothing that a policy examines")
    } else {
        None
    }
}

fn time(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        0 => "less than 1 ms".to_owned(),
        milliseconds @ 1..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
