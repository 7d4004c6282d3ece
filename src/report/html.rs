//! A page for a browser that needs nothing but itself: every row, with a filter, readable on paper and in the dark.

use std::fmt::{self, Display, Formatter, Write};

use super::xml::Escaped;
use super::{Options, PlanReport, Report, Row, Verdict, finding, text, words};
use crate::pack::Severity;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The verdicts, and whether the filter shows them at first.
const VERDICTS: [(Verdict, bool); 6] = [
    (Verdict::Error, true),
    (Verdict::Fail, true),
    (Verdict::Unknown, true),
    (Verdict::Waived, true),
    (Verdict::Pass, false),
    (Verdict::NotApplicable, false),
];

/// The page. It is XML, too, and loads nothing: its policy of content forbids that.
///
/// Without scripts it shows all rows, and no filter.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n\
         <title>plangate: {exit}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>plangate: {exit}</h1>\n\
         <p>{why}; judged for {date}, by plangate {version}</p>\n",
        exit = words::exit(report.exit),
        why = Shown(&words::why(report, &options.gate)),
        date = Shown(&report.as_of),
        version = report.plangate,
    );
    filter(&mut out);
    for plan in &report.plans {
        of_plan(&mut out, plan, options);
    }
    let _ = write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out.into_bytes()
}

fn filter(out: &mut String) {
    out.push_str("<form id=\"filter\" hidden=\"hidden\">\n");
    let mut choice = |name: &str, checked: bool| {
        let checked = if checked { " checked=\"checked\"" } else { "" };
        let label = name.replace('_', " ");
        let _ = writeln!(
            out,
            "<label><input type=\"checkbox\" value=\"{name}\"{checked}/> {label}</label>"
        );
    };
    for (verdict, checked) in VERDICTS {
        choice(verdict.name(), checked);
    }
    for severity in Severity::ALL.into_iter().rev() {
        choice(severity.name(), true);
    }
    out.push_str(
        "<input type=\"search\" id=\"words\" placeholder=\"policy, resource or words\" aria-label=\"words\"/>\n\
         <span id=\"count\" class=\"dim\"></span>\n</form>\n",
    );
}

fn of_plan(out: &mut String, plan: &PlanReport, options: &Options) {
    let _ = write!(out, "<h2>{}", Shown(&plan.called()));
    if let Some(version) = &plan.terraform {
        let _ = write!(out, " <span class=\"dim\">(terraform {})</span>", Shown(version));
    }
    out.push_str("</h2>\n");
    if let Some(error) = &plan.error {
        let _ = writeln!(out, "<p class=\"error\">cannot be judged: {}</p>", Shown(error));
    }
    for note in &plan.notes {
        let _ = writeln!(out, "<p class=\"dim\">{}</p>", Shown(note));
    }
    if plan.results.is_empty() {
        return;
    }
    let counts = plan.counts;
    let _ = writeln!(
        out,
        "<p>{} fail, {} unknown, {} waived, {} pass, {} not applicable, {} error; {} of {} resources judged by {} \
         policies</p>",
        counts.fail,
        counts.unknown,
        counts.waived,
        counts.pass,
        counts.not_applicable,
        counts.error,
        plan.judged,
        plan.resources,
        plan.policies()
    );
    out.push_str("<table>\n<thead><tr><th>verdict</th><th>policy and resource</th><th>found, expected and fix</th></tr></thead>\n<tbody>\n");
    let mut rows: Vec<&Row> = plan.results.iter().collect();
    rows.sort_by_cached_key(|row| finding::order(&options.gate, row));
    for row in rows {
        of_row(out, plan, row);
    }
    out.push_str("</tbody>\n</table>\n");
}

fn of_row(out: &mut String, plan: &PlanReport, row: &Row) {
    let (verdict, severity) = (row.verdict.name(), row.severity.name());
    let _ = write!(
        out,
        "<tr data-verdict=\"{verdict}\" data-severity=\"{severity}\"><td><p class=\"{verdict}\">{}</p><p>{severity}</p>",
        verdict.replace('_', " ")
    );
    if let Some(since) = row.since {
        let _ = write!(out, "<p>{}</p>", since.name());
    }
    let _ = write!(
        out,
        "</td><td><p>{}</p><p><code>{}</code></p>",
        Shown(&row.title),
        Shown(&row.policy)
    );
    let place = plan.place(row).map(|place| place.to_string());
    for part in [row.address.as_deref(), row.key.as_deref(), place.as_deref()]
        .into_iter()
        .flatten()
    {
        let _ = write!(out, "<p><code>{}</code></p>", Shown(part));
    }
    out.push_str("</td><td>");
    // A definition list may not be empty.
    let mut parts = match row.is_finding() || row.verdict == Verdict::Error {
        true => finding::parts(row),
        false => Vec::new(),
    };
    if let Some(waiver) = &row.waiver {
        parts.push(("waived", format!("{} ({})", waiver.reason, waiver.owner)));
        parts.extend(waiver.ticket.iter().map(|ticket| ("ticket", ticket.to_string())));
        parts.extend(waiver.expires.iter().map(|date| ("until", date.to_string())));
    }
    if !parts.is_empty() {
        out.push_str("<dl>");
        for (label, part) in parts {
            let label = if label.is_empty() { "message" } else { label };
            let _ = write!(out, "<dt>{label}</dt><dd>{}</dd>", Shown(&part));
        }
        out.push_str("</dl>");
    }
    out.push_str("</td></tr>\n");
}

/// Text in one line, and nothing in it that turns the direction of writing or is not seen.
struct Shown<'a>(&'a str);

impl Display for Shown<'_> {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        Escaped(&text::line(self.0)).fmt(formatter)
    }
}
