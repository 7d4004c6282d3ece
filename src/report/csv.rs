//! Comma-separated values, RFC 4180, a row a line: for spreadsheets and audits.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};

use super::{Options, PlanReport, Report, Row, Verdict, text};
use crate::model::Value;

const COLUMNS: [&str; 23] = [
    "plan",
    "verdict",
    "gates",
    "severity",
    "since",
    "policy",
    "title",
    "address",
    "key",
    "file",
    "line",
    "message",
    "attribute",
    "found",
    "expected",
    "cause",
    "remediation",
    "fingerprint",
    "waiver_reason",
    "waiver_owner",
    "waiver_ticket",
    "waiver_expires",
    "waiver_source",
];

/// Every row, passes included, and a row for each plan that cannot be judged.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for plan in &report.plans {
        if let Some(error) = &plan.error {
            let mut cells = [const { Cow::Borrowed("") }; COLUMNS.len()];
            cells[0] = plan.name.as_str().into();
            cells[1] = Verdict::Error.name().into();
            cells[2] = "yes".into();
            cells[11] = error.as_str().into();
            let _ = writer.write_record(cells.map(guarded).iter().map(|cell| &**cell));
        }
        for row in &plan.results {
            let cells = cells(plan, row, options).map(guarded);
            let _ = writer.write_record(cells.iter().map(|cell| &**cell));
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn cells<'a>(plan: &'a PlanReport, row: &'a Row, options: &Options) -> [Cow<'a, str>; COLUMNS.len()] {
    let text = |text: &'a Option<Arc<str>>| -> Cow<'a, str> { text.as_deref().unwrap_or_default().into() };
    let place = plan.place(row);
    let gates = options.gate.shuts(row) || row.verdict == Verdict::Error;
    let waiver = row.waiver.as_deref();
    let waived = |part: fn(&super::Waiver) -> &str| Cow::from(waiver.map(part).unwrap_or_default());
    [
        plan.name.as_str().into(),
        row.verdict.name().into(),
        if gates { "yes" } else { "no" }.into(),
        row.severity.name().into(),
        row.since.map(|since| since.name()).unwrap_or_default().into(),
        (&*row.policy).into(),
        (&*row.title).into(),
        text(&row.address),
        text(&row.key),
        place
            .as_ref()
            .map(|place| place.path.clone())
            .unwrap_or_default()
            .into(),
        place.map(|place| place.line.to_string()).unwrap_or_default().into(),
        text(&row.message),
        text(&row.attribute),
        value(&row.found),
        value(&row.expected),
        text(&row.cause),
        text(&row.remediation),
        text(&row.fingerprint),
        waived(|waiver| &waiver.reason),
        waived(|waiver| &waiver.owner),
        waived(|waiver| waiver.ticket.as_deref().unwrap_or_default()),
        waived(|waiver| waiver.expires.as_deref().unwrap_or_default()),
        waiver
            .map(|waiver| format!("{}:{}", waiver.source.file, waiver.source.line))
            .unwrap_or_default()
            .into(),
    ]
}

fn value(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Null => "".into(),
        value => text::value(value).into(),
    }
}

fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}").into(),
        false => cell,
    }
}
