//! `plangate list`: the policies.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::config::Config;
use super::output;
use super::policies::Selection;
use super::terminal::Terminal;
use crate::author;
use crate::pack::{Pack, Policy, Severity};
use crate::report::{Exit, text};

/// In which form the policies are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each, for people
    #[default]
    Table,
    /// Reports and controls too, for machines
    Json,
    /// A table with reports and controls, for a page or a review
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  plangate list
  plangate list --only aws.s3
  plangate list --policy our-policies --format markdown";

/// What `plangate list` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {
    #[command(flatten)]
    selection: Selection,

    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl List {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.selection.configure(config);
    }
}

/// Runs it.
///
/// # Errors
///
/// Where the policies cannot be loaded, or none is selected.
pub(super) fn run(list: &List, terminal: Terminal) -> anyhow::Result<Exit> {
    let pack = list.selection.selected()?;
    let bytes = match list.format {
        Format::Table => table(&pack, terminal.width).into_bytes(),
        Format::Json => json(&pack)?,
        Format::Markdown => author::table(&pack).into_bytes(),
    };
    output::print(&bytes)?;
    Ok(Exit::Passed)
}

/// A line per policy; at a terminal the titles are wrapped in their column.
fn table(pack: &Pack, width: Option<usize>) -> String {
    let rows: Vec<[String; 4]> = pack.policies.iter().map(cells).collect();
    let heading = ["POLICY", "SEVERITY", "EXAMINES", "TITLE"].map(str::to_owned);
    let widest = |column: usize| {
        let cells = rows.iter().chain([&heading]).map(|row| text::width(&row[column]));
        cells.max().unwrap_or(0)
    };
    let columns = [widest(0), widest(1), widest(2)];
    let before = columns.iter().map(|column| column + 2).sum::<usize>();
    let titles = width
        .and_then(|width| width.checked_sub(before))
        .filter(|left| *left >= 20);
    let mut out = String::new();
    for row in std::iter::once(&heading).chain(&rows) {
        for (cell, column) in row.iter().zip(columns) {
            let _ = write!(out, "{cell}{:1$}", "", column + 2 - text::width(cell));
        }
        let title = text::wrap(&row[3], titles.unwrap_or(usize::MAX));
        out.push_str(&title.join(&format!("\n{:before$}", "")));
        out.push('\n');
    }
    let _ = match pack.policies.len() {
        1 => writeln!(out, "\n1 policy; `plangate explain POLICY` says more"),
        number => writeln!(out, "\n{number} policies; `plangate explain POLICY` says more"),
    };
    out
}

fn cells(policy: &Policy) -> [String; 4] {
    [
        text::line(&policy.id),
        policy.severity.to_string(),
        examines(&policy.examines),
        text::line(&policy.title),
    ]
}

/// As many as fit into a column, and how many more there are: some policies examine fifty types.
fn examines(subjects: &[String]) -> String {
    const WIDEST: usize = 36;
    let mut shown = String::new();
    for (number, subject) in subjects.iter().enumerate() {
        let subject = text::line(subject);
        if number > 0 && text::width(&shown) + text::width(&subject) > WIDEST {
            let _ = write!(shown, " and {} more", subjects.len() - number);
            break;
        }
        let _ = write!(shown, "{}{subject}", if number > 0 { ", " } else { "" });
    }
    shown
}

#[derive(Serialize)]
struct Entry<'a> {
    policy: &'a str,
    title: &'a str,
    severity: Severity,
    since: &'a str,
    examines: &'a [String],
    remediation: &'a str,
    controls: &'a std::collections::BTreeMap<String, Vec<String>>,
    reports: &'a [String],
}

fn json(pack: &Pack) -> serde_json::Result<Vec<u8>> {
    let entries: Vec<Entry<'_>> = pack
        .policies
        .iter()
        .map(|policy| Entry {
            policy: &policy.id,
            title: &policy.title,
            severity: policy.severity,
            since: &policy.since,
            examines: &policy.examines,
            remediation: &policy.remediation,
            controls: &policy.controls,
            reports: &policy.reports,
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&entries)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::testing::policy;
    use super::*;

    fn pack() -> Pack {
        let short = Policy {
            title: "KMS key is not rotated".into(),
            ..policy("aws.kms.rotation")
        };
        Pack {
            policies: vec![short, policy("aws.s3.public_access_block")],
            ..Pack::default()
        }
    }

    #[test]
    fn pipe_has_a_line_per_policy() {
        let expected = "\
POLICY                      SEVERITY  EXAMINES       TITLE
aws.kms.rotation            high      aws_s3_bucket  KMS key is not rotated
aws.s3.public_access_block  high      aws_s3_bucket  S3 bucket is not closed to the public

2 policies; `plangate explain POLICY` says more
";
        assert_eq!(table(&pack(), None), expected);
    }

    #[test]
    fn many_types_are_counted() {
        let types = |number: usize| (0..number).map(|n| format!("aws_type_{n:02}")).collect::<Vec<_>>();
        assert_eq!(examines(&types(3)), "aws_type_00, aws_type_01, aws_type_02");
        assert_eq!(
            examines(&types(60)),
            "aws_type_00, aws_type_01, aws_type_02 and 57 more"
        );
        let long = vec!["a".repeat(60), "b".to_owned()];
        assert_eq!(examines(&long), format!("{} and 1 more", long[0]));
    }

    #[test]
    fn terminal_wraps_titles() {
        let narrow = table(&pack(), Some(77));
        assert!(narrow.lines().all(|line| text::width(line) <= 77), "{narrow}");
        assert!(narrow.contains("S3 bucket is not closed\n"), "{narrow}");
    }

    #[test]
    fn json_has_an_entry_per_policy() {
        let entries: serde_json::Value = serde_json::from_slice(&json(&pack()).unwrap()).unwrap();
        assert_eq!(entries[1]["policy"], "aws.s3.public_access_block");
        assert_eq!(entries[1]["severity"], "high");
        assert_eq!(entries[1]["examines"][0], "aws_s3_bucket");
    }
}
