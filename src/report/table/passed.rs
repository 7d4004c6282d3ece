//! The policies that passed, a line each, with how much they examined.

use std::fmt::Write;

use super::{Paint, style_of};
use crate::report::{Counts, PlanReport, Row, Since, Verdict, text};

pub(super) fn policies(out: &mut String, plan: &PlanReport, all: bool, paint: Paint) {
    let policies: Vec<&[Row]> = plan.results.chunk_by(|a, b| a.policy == b.policy).collect();
    let passed: Vec<&[Row]> = policies.iter().copied().filter(|rows| has_passed(rows)).collect();
    let names = passed
        .iter()
        .filter_map(|rows| rows.first())
        .map(|row| text::line(&row.policy));
    let column = names.map(|name| text::width(&name)).max().unwrap_or(0);
    let green = paint.on("pass", style_of(Verdict::Pass));
    for rows in &passed {
        let Some(first) = rows.first() else { continue };
        let policy = text::line(&first.policy);
        let pad = column.saturating_sub(text::width(&policy));
        let _ = writeln!(out, "{green}  {policy}{:pad$}  {}", "", examined(rows));
    }
    if !passed.is_empty() {
        out.push('\n');
    }
    if all {
        every_row(out, plan, &policies, paint);
    }
}

fn has_passed(rows: &[Row]) -> bool {
    let counts = Counts::of(rows);
    counts.pass > 0 && counts.fail + counts.unknown + counts.waived + counts.error == 0
}

/// `3 resources, 1 of them mended by this plan`.
fn examined(rows: &[Row]) -> String {
    let mut addresses: Vec<&str> = rows.iter().filter_map(|row| row.address.as_deref()).collect();
    addresses.dedup();
    let all_start = |prefix| addresses.iter().all(|address: &&str| address.starts_with(prefix));
    let number = addresses.len();
    let mut words = if addresses == ["plan"] {
        "the plan".to_owned()
    } else if all_start("var.") {
        text::count(number, "variable", "variables")
    } else if all_start("output.") {
        text::count(number, "output", "outputs")
    } else if all_start("provider.") {
        text::count(number, "provider", "providers")
    } else {
        text::count(number, "resource", "resources")
    };
    let mended = rows.iter().filter(|row| row.since == Some(Since::Fixed)).count();
    if mended > 0 {
        let _ = write!(words, ", {mended} mended by this plan");
    }
    words
}

/// Each passing address, and each policy that had nothing to examine.
fn every_row(out: &mut String, plan: &PlanReport, policies: &[&[Row]], paint: Paint) {
    let names = policies
        .iter()
        .filter_map(|rows| rows.first())
        .map(|row| text::line(&row.policy));
    let column = names.map(|name| text::width(&name)).max().unwrap_or(0);
    let start = out.len();
    for row in &plan.results {
        let (label, verdict, address) = match (row.verdict, &row.address) {
            (Verdict::Pass, Some(address)) => ("pass", Verdict::Pass, text::safe(address)),
            (Verdict::NotApplicable, _) => ("n/a ", Verdict::NotApplicable, "nothing to examine".into()),
            _ => continue,
        };
        let policy = text::line(&row.policy);
        let pad = column.saturating_sub(text::width(&policy));
        let label = paint.on(label, style_of(verdict));
        let _ = writeln!(out, "{label}  {policy}{:pad$}  {address}", "");
    }
    if out.len() > start {
        out.push('\n');
    }
}
