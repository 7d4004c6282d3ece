//! For a terminal: as wide as it is. Findings of one policy that say the same of several resources are one row.

use std::collections::HashMap;
use std::fmt::Write;

use tabled::builder::Builder;
use tabled::settings::Color;
use tabled::settings::object::Cell;

use super::{Paint, finding, pipe, style_of};
use crate::report::{Row, text};

/// The least columns in which a finding's words read well.
const LEAST: usize = 44;
/// Lines longer than this are hard to read.
const MOST: usize = 84;
/// What the left border takes, and what each column's padding and right border do.
const BORDER: usize = 1;
const AROUND: usize = 3;

pub(super) fn findings(out: &mut String, rows: &[&Row], width: usize, paint: Paint) {
    let groups = grouped(rows);
    let verdicts = widest(groups.iter().flat_map(Group::verdict)).max("VERDICT".len());
    let places = widest(groups.iter().flat_map(Group::place)).max("POLICY AND RESOURCE".len());
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

/// What a policy says in the same words of one or several resources.
struct Group<'a> {
    rows: Vec<&'a Row>,
    first: &'a Row,
    parts: Vec<(&'static str, String)>,
}

fn grouped<'a>(rows: &[&'a Row]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = HashMap::new();
    for row in rows {
        let parts = finding::parts(row);
        let same = (&row.policy, row.verdict, row.since, parts.clone());
        let at = *known.entry(same).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                rows: vec![row],
                first: row,
                parts,
            }),
        }
    }
    groups
}

impl Group<'_> {
    fn verdict(&self) -> Vec<String> {
        let mut lines = vec![self.first.verdict.name().to_owned(), self.first.severity.to_string()];
        lines.extend(self.first.since.map(|since| since.name().to_owned()));
        lines
    }

    /// The policy, and the addresses with what tells their findings apart.
    fn place(&self) -> Vec<String> {
        let mut lines = vec![text::line(&self.first.policy)];
        let mut last = None;
        for row in &self.rows {
            if row.address != last {
                lines.extend(row.address.as_deref().map(|at| text::safe(at).into_owned()));
                lines.extend(pipe::source(row).map(|source| format!("  {source}")));
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

fn three_columns(out: &mut String, groups: &[Group<'_>], columns: usize, paint: Paint) {
    let mut table = Builder::default();
    table.push_record(["VERDICT", "POLICY AND RESOURCE", "FOUND, EXPECTED AND FIX"]);
    for group in groups {
        let words = finding::in_lines(&group.parts, columns);
        table.push_record([group.verdict(), group.place(), words].map(|lines| lines.join("\n")));
    }
    boxed(out, table, groups, paint);
}

fn two_columns(out: &mut String, groups: &[Group<'_>], columns: usize, paint: Paint) {
    let mut table = Builder::default();
    table.push_record(["VERDICT", "POLICY, RESOURCE, WHAT WAS FOUND AND THE FIX"]);
    for group in groups {
        let mut lines = group.place();
        lines.extend(indented(&group.parts, columns));
        table.push_record([group.verdict(), lines].map(|lines| lines.join("\n")));
    }
    boxed(out, table, groups, paint);
}

fn boxed(out: &mut String, table: Builder, groups: &[Group<'_>], paint: Paint) {
    let mut table = table.build();
    table.with(tabled::settings::Style::modern_rounded());
    if paint.0 {
        for (number, group) in groups.iter().enumerate() {
            let style = style_of(group.first.verdict);
            let colour = Color::new(style.render().to_string(), style.render_reset().to_string());
            table.modify(Cell::new(number + 1, 0), colour);
        }
    }
    out.push_str(&table.to_string());
    out.push('\n');
}

/// For a terminal that is narrower than an address: without borders, so that the address may run on and still
/// be copied.
fn no_columns(out: &mut String, groups: &[Group<'_>], width: usize, paint: Paint) {
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let verdict = paint.on(&group.verdict().join("  "), style_of(group.first.verdict));
        let _ = writeln!(out, "{verdict}");
        for line in group
            .place()
            .into_iter()
            .chain(indented(&group.parts, width.max(LEAST)))
        {
            let _ = writeln!(out, "{line}");
        }
    }
}

fn indented(parts: &[(&'static str, String)], columns: usize) -> impl Iterator<Item = String> {
    let lines = finding::in_lines(parts, columns.saturating_sub(2));
    lines.into_iter().map(|line| format!("  {line}"))
}
