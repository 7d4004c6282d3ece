//! The counts, and the last line: what the gate says and why.

use std::fmt::Write;
use std::time::Duration;

use anstyle::Style;

use super::{Paint, style_of};
use crate::report::{Counts, Exit, Options, PlanReport, Report, Row, Verdict, text, words};

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
    let verdict = match report.exit {
        Exit::Passed => Verdict::Pass,
        Exit::Failed => Verdict::Fail,
        Exit::CannotDecide => Verdict::Error,
    };
    let _ = write!(
        out,
        "{}: {}",
        paint.on(words::exit(report.exit), style_of(verdict).bold()),
        words::why(report, &options.gate)
    );
    if let Some(elapsed) = options.elapsed {
        let _ = write!(out, ", in {}", time(elapsed));
    }
    out.push('\n');
}

/// `3 fail (1 critical, 2 high), 1 unknown, 210 pass`: what there is none of is left out but for the first three.
fn counts<'a>(counts: Counts, rows: impl Iterator<Item = &'a Row>, paint: Paint) -> String {
    let part = |number: usize, name: &str, verdict| {
        let style = if number > 0 { style_of(verdict) } else { Style::new() };
        paint.on(&format!("{number} {name}"), style)
    };
    let mut fail = part(counts.fail, "fail", Verdict::Fail);
    if let Some(severities) = words::severities(rows) {
        let _ = write!(fail, " ({severities})");
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

fn time(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        0 => "less than 1 ms".to_owned(),
        milliseconds @ 1..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
