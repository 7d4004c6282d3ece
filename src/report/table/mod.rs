//! The report for people. At a terminal each finding says what was found, what is expected and what to change, as wide
//! as the terminal; on a pipe it is one line per finding, for grep. An address is never broken and never cut.

mod finding;
mod passed;
mod pipe;
mod summary;
mod terminal;

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{Options, PlanReport, Report, Row, Verdict, text};

/// The report as a table.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let paint = Paint(options.colour);
    let mut out = String::new();
    for plan in &report.plans {
        heading(&mut out, plan, paint);
        if let Some(error) = &plan.error {
            let label = paint.on("cannot decide:", style_of(Verdict::Error));
            let _ = writeln!(out, "{label} {}\n", text::line(error));
        }
        if plan.results.is_empty() {
            continue;
        }
        let mut rows: Vec<&Row> = plan.results.iter().filter(|row| is_shown(row)).collect();
        rows.sort_by_key(|row| order(row));
        if !rows.is_empty() {
            match options.width {
                Some(width) => terminal::findings(&mut out, &rows, width, paint),
                None => pipe::findings(&mut out, &rows, paint),
            }
            out.push('\n');
        }
        passed::policies(&mut out, plan, options.all, paint);
        summary::of_plan(&mut out, plan, paint);
        out.push('\n');
    }
    summary::of_report(&mut out, report, options, paint);
    out.into_bytes()
}

fn heading(out: &mut String, plan: &PlanReport, paint: Paint) {
    out.push_str(&paint.on(&name(plan), Style::new().bold()));
    if let Some(version) = &plan.terraform {
        let version = format!("  (terraform {})", text::safe(version));
        out.push_str(&paint.on(&version, Style::new().dimmed()));
    }
    out.push_str("\n\n");
}

/// What a person calls the plan.
fn name(plan: &PlanReport) -> Cow<'_, str> {
    match plan.path.as_str() {
        "-" => "standard input".into(),
        path => text::safe(path),
    }
}

/// Whether the row has a line of its own; passing ones are added up.
fn is_shown(row: &Row) -> bool {
    match row.verdict {
        Verdict::Error | Verdict::Fail | Verdict::Unknown => true,
        Verdict::Waived | Verdict::Pass | Verdict::NotApplicable => false,
    }
}

/// What broke comes first, then by severity; within one, failures before unknowns.
fn order(row: &Row) -> impl Ord + use<'_> {
    (
        row.verdict != Verdict::Error,
        std::cmp::Reverse(row.severity),
        row.verdict,
        &row.policy,
        &row.address,
        &row.key,
    )
}

/// Colours text, or leaves it alone.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn on(self, text: &str, style: Style) -> String {
        match self.0 {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}

fn style_of(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Error => AnsiColor::Magenta.on_default().bold(),
        Verdict::Fail => AnsiColor::Red.on_default().bold(),
        Verdict::Unknown => AnsiColor::Yellow.on_default(),
        Verdict::Pass => AnsiColor::Green.on_default(),
        Verdict::Waived | Verdict::NotApplicable => Style::new().dimmed(),
    }
}

#[cfg(test)]
mod tests;
