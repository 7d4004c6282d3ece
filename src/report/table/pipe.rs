//! For a pipe: one line per finding, in columns, nothing cut.

use tabled::builder::Builder;
use tabled::settings::object::Cell;
use tabled::settings::{Color, Padding, Style};

use super::{Paint, style_of};
use crate::report::{PlanReport, Row, finding, text};

type Column = (&'static str, fn(&PlanReport, &Row) -> String);

/// The columns before the last; those marked optional are left out where every row leaves them empty.
const COLUMNS: [(Column, bool); 7] = [
    (("VERDICT", |_, row| row.verdict.name().to_owned()), false),
    (("SEVERITY", |_, row| row.severity.to_string()), false),
    (
        ("SINCE", |_, row| {
            row.since.map(|since| since.name().to_owned()).unwrap_or_default()
        }),
        true,
    ),
    (("POLICY", |_, row| text::line(&row.policy)), false),
    (
        ("RESOURCE", |_, row| {
            text::safe(row.address.as_deref().unwrap_or("-")).into_owned()
        }),
        false,
    ),
    (
        ("KEY", |_, row| row.key.as_deref().map(text::line).unwrap_or_default()),
        true,
    ),
    (("SOURCE", |plan, row| place(plan, row)), true),
];
/// The last column is no part of the table, which would make every line as long as the longest.
const WORDS: &str = "FOUND, EXPECTED, FIX";

pub(super) fn findings(out: &mut String, plan: &PlanReport, rows: &[&Row], paint: Paint) {
    let mut table = Builder::default();
    for ((name, cell), optional) in COLUMNS {
        let cells: Vec<String> = rows.iter().map(|row| cell(plan, row)).collect();
        if !optional || cells.iter().any(|cell| !cell.is_empty()) {
            table.push_column(std::iter::once(name.to_owned()).chain(cells));
        }
    }
    let mut table = table.build();
    table.with(Style::empty()).with(Padding::new(0, 2, 0, 0));
    if paint.0 {
        for (number, row) in rows.iter().enumerate() {
            let style = style_of(row.verdict);
            let colour = Color::new(style.render().to_string(), style.render_reset().to_string());
            table.modify(Cell::new(number + 1, 0), colour);
        }
    }
    let words = std::iter::once(WORDS.to_owned()).chain(rows.iter().map(|row| in_one_line(row)));
    for (line, words) in table.to_string().lines().zip(words) {
        out.push_str(format!("{line}{words}").trim_end());
        out.push('\n');
    }
}

/// `main.tf:12`, where the configuration was given.
fn place(plan: &PlanReport, row: &Row) -> String {
    let place = plan.place(row);
    place.map(|place| text::line(&place.to_string())).unwrap_or_default()
}

/// All of it in one line.
fn in_one_line(row: &Row) -> String {
    let parts: Vec<String> = finding::parts(row)
        .into_iter()
        .map(|(label, part)| match label {
            "" => text::line(&part),
            "fix" => format!("fix: {}", text::line(&part)),
            label => format!("{label} {}", text::line(&part)),
        })
        .collect();
    parts.join("; ")
}
