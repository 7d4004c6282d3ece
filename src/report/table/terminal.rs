//! For a terminal: as wide as it is. Findings of one policy that say the same of several resources are one row.

use std::fmt::Write;

use tabled::builder::Builder;
use tabled::settings::Color;
use tabled::settings::object::Cell;

use super::{Paint, lines, style_of};
use crate::report::finding::{Group, grouped};
use crate::report::{PlanReport, Row, text};

/// The least columns in which a finding's words read well.
const LEAST: usize = 44;
/// Lines longer than this are hard to read.
const MOST: usize = 120;
/// What the left border takes, and what each column's padding and right border do.
const BORDER: usize = 1;
const AROUND: usize = 3;

pub(super) fn findings(out: &mut String, plan: &PlanReport, rows: &[&Row], width: usize, paint: Paint) {
    let groups: Vec<Told> = grouped(rows).into_iter().map(|group| Told { plan, group }).collect();
    let verdicts = widest(groups.iter().flat_map(Told::verdict)).max("VERDICT".len());
    let places = widest(groups.iter().flat_map(Told::place)).max("POLICY AND RESOURCE".len());
    let left = width.saturating_sub(BORDER + AROUND + verdicts + AROUND);
    match left.checked_sub(places + AROUND) {
        Some(words) if words >= LEAST => three_columns(out, &groups, words.min(MOST), paint),
        _ if places.max(LEAST) <= left => two_columns(out, &groups, left.min(MOST), paint),
        _ => no_columns(out, &groups, width, paint),
    }
}

fn widest(lines: impl Iterator<Item = String>) -> usize {
    lines.map(|line| text::width(&line)).max().unwrap_or(0)
}

/// A group of findings, with the plan that it is of.
struct Told<'a> {
    plan: &'a PlanReport,
    group: Group<'a>,
}

impl Told<'_> {
    fn verdict(&self) -> Vec<String> {
        let mut lines = vec![
            self.group.first.verdict.name().to_owned(),
            self.group.first.severity.to_string(),
        ];
        lines.extend(self.group.first.since.map(|since| since.name().to_owned()));
        lines
    }

    /// The policy, and the addresses with what tells their findings apart.
    fn place(&self) -> Vec<String> {
        let mut lines = vec![text::line(&self.group.first.policy)];
        let mut last = None;
        for row in &self.group.rows {
            if row.address != last {
                lines.extend(row.address.as_deref().map(|at| text::safe(at).into_owned()));
                lines.extend(
                    self.plan
                        .place(row)
                        .map(|place| format!("  {}", text::line(&place.to_string()))),
                );
                last.clone_from(&row.address);
            }
            lines.extend(key(row).map(|key| format!("  {}", text::line(key))));
        }
        lines
    }
}

/// The key, where the attribute does not say the same.
fn key(row: &Row) -> Option<&str> {
    let attribute = row.attribute.as_deref().unwrap_or_default();
    row.key.as_deref().filter(|key| !attribute.starts_with(key))
}

fn three_columns(out: &mut String, groups: &[Told<'_>], columns: usize, paint: Paint) {
    let mut table = Builder::default();
    table.push_record(["VERDICT", "POLICY AND RESOURCE", "FOUND, EXPECTED AND FIX"]);
    for group in groups {
        let words = lines::in_lines(&group.group.parts, columns);
        table.push_record([group.verdict(), group.place(), words].map(|lines| lines.join("\n")));
    }
    boxed(out, table, groups, paint);
}

fn two_columns(out: &mut String, groups: &[Told<'_>], columns: usize, paint: Paint) {
    let mut table = Builder::default();
    table.push_record(["VERDICT", "POLICY, RESOURCE, WHAT WAS FOUND AND THE FIX"]);
    for group in groups {
        let mut lines = group.place();
        lines.extend(indented(&group.group.parts, columns));
        table.push_record([group.verdict(), lines].map(|lines| lines.join("\n")));
    }
    boxed(out, table, groups, paint);
}

fn boxed(out: &mut String, table: Builder, groups: &[Told<'_>], paint: Paint) {
    let mut table = table.build();
    table.with(tabled::settings::Style::modern_rounded());
    if paint.0 {
        for (number, group) in groups.iter().enumerate() {
            let style = style_of(group.group.first.verdict);
            let colour = Color::new(style.render().to_string(), style.render_reset().to_string());
            table.modify(Cell::new(number + 1, 0), colour);
        }
    }
    out.push_str(&table.to_string());
    out.push('\n');
}

/// For a terminal that is narrower than an address: without borders, so that the address may run on and still
/// be copied.
fn no_columns(out: &mut String, groups: &[Told<'_>], width: usize, paint: Paint) {
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let verdict = paint.on(&group.verdict().join("  "), style_of(group.group.first.verdict));
        let _ = writeln!(out, "{verdict}");
        for line in group
            .place()
            .into_iter()
            .chain(indented(&group.group.parts, width.max(LEAST)))
        {
            let _ = writeln!(out, "{line}");
        }
    }
}

fn indented(parts: &[(&'static str, String)], columns: usize) -> impl Iterator<Item = String> {
    let lines = lines::in_lines(parts, columns.saturating_sub(2));
    lines.into_iter().map(|line| format!("  {line}"))
}
