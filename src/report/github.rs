//! GitHub's workflow commands, which its runner turns into annotations of a pull request:
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::fmt::Write;

use super::place::Place;
use super::{Options, PlanReport, Report, Row, Verdict, finding, text};

/// As many of a level as GitHub shows of one step; it drops the others without a word.
const MOST: usize = 10;

#[derive(Clone, Copy, PartialEq)]
enum Level {
    Error,
    Warning,
    Notice,
}

struct Annotation {
    level: Level,
    title: String,
    message: String,
    place: Option<Place>,
}

/// An annotation for each finding, those that gate first: an error where it keeps the gate shut, else a warning, and for
/// what is waived a notice.
///
/// Findings that say the same are one annotation. GitHub shows ten of a level, so the tenth says how many there are more.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let mut annotations = Vec::new();
    for plan in &report.plans {
        of_plan(&mut annotations, plan, options);
    }
    let mut out = String::new();
    for (level, name) in [
        (Level::Error, "error"),
        (Level::Warning, "warning"),
        (Level::Notice, "notice"),
    ] {
        let of_level: Vec<&Annotation> = annotations
            .iter()
            .filter(|annotation| annotation.level == level)
            .collect();
        let shown = if of_level.len() > MOST { MOST - 1 } else { MOST };
        for annotation in of_level.iter().take(shown) {
            push(&mut out, name, annotation);
        }
        if let Some(more) = of_level.len().checked_sub(shown).filter(|more| *more > 0) {
            let message = format!("and {more} more that an annotation would be a {name} for; the report has them all");
            let annotation = Annotation {
                level,
                title: "plangate".to_owned(),
                message,
                place: None,
            };
            push(&mut out, name, &annotation);
        }
    }
    out.into_bytes()
}

fn of_plan(annotations: &mut Vec<Annotation>, plan: &PlanReport, options: &Options) {
    let gate = &options.gate;
    if let Some(why) = gate.undecided(plan) {
        annotations.push(Annotation {
            level: Level::Error,
            title: "plangate cannot decide".to_owned(),
            message: match &plan.error {
                Some(error) => format!("{}: {error}", plan.called()),
                None => format!("{} {why}", plan.called()),
            },
            place: None,
        });
    }
    let is_told = |row: &&Row| row.is_finding() || row.verdict == Verdict::Error;
    let mut rows: Vec<&Row> = plan.results.iter().filter(is_told).collect();
    rows.sort_by_cached_key(|row| finding::order(gate, row));
    for group in finding::grouped(&rows) {
        let row = group.first;
        let others = match group.rows.len() - 1 {
            0 => String::new(),
            others => format!(" (and {others} more of the same)"),
        };
        annotations.push(Annotation {
            level: match row.verdict {
                Verdict::Error => Level::Error,
                Verdict::Waived => Level::Notice,
                _ if gate.shuts(row) => Level::Error,
                _ => Level::Warning,
            },
            title: format!("{} ({}, {})", row.title, row.severity, row.policy),
            message: format!("{}{others}", finding::sentence(row)),
            place: plan.place(row),
        });
    }
}

fn push(out: &mut String, name: &str, annotation: &Annotation) {
    let _ = write!(out, "::{name} ");
    if let Some(place) = &annotation.place {
        let _ = write!(out, "file={},line={},", property(&place.path), place.line);
    }
    let _ = writeln!(
        out,
        "title={}::{}",
        property(&text::line(&annotation.title)),
        data(&text::safe(&annotation.message))
    );
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
