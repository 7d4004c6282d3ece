//! Markdown for the comment of a pull request and for the summary of a GitHub step: short, the details folded away.
//!
//! What comes from a plan or a policy stands in HTML and is escaped for that, so that nothing in it is taken for
//! Markdown, a mention or a link.

use std::fmt::{self, Display, Formatter, Write};

use super::finding::{self, Group};
use super::xml::Escaped;
use super::{Options, PlanReport, Report, Row, Verdict, text, words};

/// What a pipeline finds its comment by, to update it: the first line.
pub const MARKER: &str = "<!-- plangate:report -->";

/// The most bytes of a comment, which GitHub counts in letters.
const COMMENT: usize = 65_536;
/// The most bytes of the summary of a step.
const SUMMARY: usize = 1_048_576;
/// What is kept for the last line, which says what is left out.
const RESERVE: usize = 512;
/// The most addresses, and the most letters of one part, that a finding shows.
const ADDRESSES: usize = 20;
const LETTERS: usize = 1500;

/// A comment, with [`MARKER`] at its beginning.
pub fn comment(report: &Report, options: &Options) -> Vec<u8> {
    render(report, options, &format!("{MARKER}\n"), COMMENT)
}

/// The summary of a step.
pub fn summary(report: &Report, options: &Options) -> Vec<u8> {
    render(report, options, "", SUMMARY)
}

/// A group of findings, and the plan that it is of.
struct Entry<'a> {
    section: Section,
    plan: &'a PlanReport,
    group: Group<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Broke,
    Gates,
    Unknown,
    Fails,
    Waived,
}

impl Section {
    const ALL: [Section; 5] = [
        Section::Broke,
        Section::Gates,
        Section::Unknown,
        Section::Fails,
        Section::Waived,
    ];

    fn of(row: &Row, options: &Options) -> Option<Section> {
        match row.verdict {
            Verdict::Error => Some(Section::Broke),
            Verdict::Fail | Verdict::Unknown if options.gate.shuts(row) => Some(Section::Gates),
            Verdict::Unknown => Some(Section::Unknown),
            Verdict::Fail => Some(Section::Fails),
            Verdict::Waived => Some(Section::Waived),
            Verdict::Pass | Verdict::NotApplicable => None,
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Section::Broke => "Policies that broke",
            Section::Gates => "These keep the gate shut",
            Section::Unknown => "Unknown until apply",
            Section::Fails => "These fail, and do not keep the gate shut",
            Section::Waived => "Waived",
        }
    }
}

fn render(report: &Report, options: &Options, start: &str, most: usize) -> Vec<u8> {
    let mut out = format!(
        "{start}### plangate: {}\n\n{}\n",
        words::exit(report.exit),
        Prose(&words::why(report, &options.gate))
    );
    let entries = entries(report, options);
    let mut left_out = head(&mut out, report, most);
    for section in Section::ALL {
        let of_section: Vec<&Entry> = entries.iter().filter(|entry| entry.section == section).collect();
        let number: usize = of_section.iter().map(|entry| entry.group.rows.len()).sum();
        let mut heading = Some(format!("\n#### {} ({number})\n\n", section.heading()));
        for entry in of_section {
            let details = details(entry, report.plans.len() > 1);
            let size = out.len() + heading.as_ref().map_or(0, String::len) + details.len() + RESERVE;
            // What comes later matters less: it does not take the place of what did not fit.
            if left_out > 0 || size > most {
                left_out += entry.group.rows.len();
                continue;
            }
            out.push_str(&heading.take().unwrap_or_default());
            out.push_str(&details);
        }
    }
    if left_out > 0 {
        let more = text::count(left_out, "line of the report is", "lines of the report are");
        let _ = writeln!(
            out,
            "\n**{more} left out here**, which would be too long: the other formats have all of it."
        );
    }
    out.into_bytes()
}

fn entries<'a>(report: &'a Report, options: &Options) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for plan in &report.plans {
        let mut rows: Vec<&Row> = plan
            .results
            .iter()
            .filter(|row| Section::of(row, options).is_some())
            .collect();
        rows.sort_by_cached_key(|row| finding::order(&options.gate, row));
        for group in finding::grouped(&rows) {
            if let Some(section) = Section::of(group.first, options) {
                entries.push(Entry { section, plan, group });
            }
        }
    }
    entries.sort_by_key(|entry| (entry.section, std::cmp::Reverse(entry.group.first.severity)));
    entries
}

/// A line for each plan, and why those cannot be judged that cannot; how many lines did not fit.
fn head(out: &mut String, report: &Report, most: usize) -> usize {
    let mut left_out = 0;
    let mut push = |line: String| match out.len() + line.len() + RESERVE > most {
        true => left_out += 1,
        false => out.push_str(&line),
    };
    push("\n<table>\n<tr><th>plan</th><th>fail</th><th>unknown</th><th>waived</th><th>pass</th></tr>\n".to_owned());
    for plan in &report.plans {
        let counts = plan.counts;
        let severities = words::severities(plan.results.iter());
        let severities = severities.map(|each| format!(" ({each})")).unwrap_or_default();
        push(match &plan.error {
            Some(error) => format!(
                "<tr><td>{}</td><td colspan=\"4\">cannot be judged: {}</td></tr>\n",
                Code(&plan.called()),
                Prose(shortened(error))
            ),
            None => format!(
                "<tr><td>{}</td><td>{}{severities}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                Code(&plan.called()),
                counts.fail,
                counts.unknown,
                counts.waived,
                counts.pass
            ),
        });
    }
    // Short enough for the reserve, and never to be missed.
    out.push_str("</table>\n");
    left_out
}

fn details(entry: &Entry, many_plans: bool) -> String {
    let Entry { plan, group, .. } = entry;
    let row = group.first;
    let mut out = format!(
        "<details><summary><b>{}</b> {} {}",
        row.severity,
        Prose(&row.title),
        Code(row.address.as_deref().unwrap_or(&row.policy))
    );
    match group.rows.len() - 1 {
        0 => {}
        more => {
            let _ = write!(out, " and {more} more");
        }
    }
    let _ = writeln!(out, "</summary>\n<ul>\n<li>policy {}</li>", Code(&row.policy));
    if many_plans {
        let _ = writeln!(out, "<li>plan {}</li>", Code(&plan.called()));
    }
    if let Some(since) = row.since {
        let _ = writeln!(out, "<li>{}</li>", since.name());
    }
    for row in group.rows.iter().take(ADDRESSES) {
        let address = row.address.as_deref().unwrap_or("the policy itself");
        let key = row.key.as_deref().map(|key| format!(" [{key}]")).unwrap_or_default();
        let place = plan.place(row).map(|place| format!(" {}", Code(&place.to_string())));
        let _ = writeln!(
            out,
            "<li>at {}{}</li>",
            Code(&format!("{address}{key}")),
            place.unwrap_or_default()
        );
    }
    if let Some(more) = group.rows.len().checked_sub(ADDRESSES).filter(|more| *more > 0) {
        let _ = writeln!(out, "<li>and at {more} more</li>");
    }
    for (label, part) in &group.parts {
        let part = shortened(part);
        let _ = match *label {
            "" => writeln!(out, "<li>{}</li>", Prose(part)),
            "fix" => writeln!(out, "<li>fix: {}</li>", Prose(part)),
            label => writeln!(out, "<li>{label} {}</li>", Code(part)),
        };
    }
    if let Some(waiver) = &row.waiver {
        let until = waiver
            .expires
            .as_ref()
            .map(|date| format!(" until {date}"))
            .unwrap_or_default();
        let ticket = waiver
            .ticket
            .as_ref()
            .map(|ticket| format!(", {ticket}"))
            .unwrap_or_default();
        let words = format!(
            "waived{until} by {}{ticket}: {}",
            waiver.owner,
            shortened(&waiver.reason)
        );
        let _ = writeln!(out, "<li>{}</li>", Prose(&words));
    }
    out.push_str("</ul>\n</details>\n");
    out
}

fn shortened(text: &str) -> &str {
    text.char_indices().nth(LETTERS).map_or(text, |(at, _)| &text[..at])
}

/// Words, in HTML. GitHub and GitLab look for mentions in them, which a letter without width keeps from being one.
struct Prose<'a>(&'a str);

impl Display for Prose<'_> {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let line = text::line(self.0).replace('@', "@\u{200b}");
        Escaped(&line).fmt(formatter)
    }
}

/// A name or a value, in HTML.
struct Code<'a>(&'a str);

impl Display for Code<'_> {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        write!(formatter, "<code>{}</code>", Escaped(&text::line(self.0)))
    }
}
