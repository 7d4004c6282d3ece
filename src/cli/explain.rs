//! `plangate explain`: all that a policy's METADATA says; with a plan, why it says what it says of an address.

use std::fmt::Write;
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueEnum};

use super::config::Config;
use super::judge::Judging;
use super::terminal::Terminal;
use super::{explain_verdict, output};
use crate::author;
use crate::pack::{Pack, Policy};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate explain aws.s3.https_only
  plangate explain aws.s3.https_only aws_s3_bucket.uploads --plan testdata/quickstart/plan.json
  plangate explain aws_s3_bucket.uploads --plan testdata/quickstart/plan.json
  plangate explain aws.s3.https_only --plan testdata/quickstart/plan.json
  plangate explain aws.security_group.open_ingress aws_security_group.admin \\
    --plan plan.json --format json

It ends with 0 whatever the verdict, and with 2 where there is nothing to explain.";

/// What `plangate explain` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// The policy's id, such as aws.s3.https_only; with --plan an address of the plan, too
    #[arg(value_name = "POLICY")]
    pub(super) subject: String,

    /// The address whose verdict is explained, such as aws_s3_bucket.logs
    #[arg(value_name = "ADDRESS", requires = "plan")]
    pub(super) address: Option<String>,

    /// Explain verdicts on this plan: a file (JSON, gzip, binary), or - for standard input
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,

    /// Explain only this of several findings at the address
    #[arg(long, value_name = "KEY", requires = "plan")]
    pub(super) key: Option<String>,

    /// How the verdict is written
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        requires = "plan",
        help_heading = "Output"
    )]
    pub(super) format: Format,

    #[command(flatten)]
    pub(super) judging: Judging,
}

/// How a verdict is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// One object, with all that the text has
    Json,
}

impl Explain {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
    }
}

/// Runs it.
///
/// # Errors
///
/// Where the policies or the plan cannot be loaded, or what is to be explained is not there.
pub(super) fn run(explain: &Explain, terminal: Terminal) -> anyhow::Result<Exit> {
    if let Some(plan) = &explain.plan {
        return explain_verdict::run(explain, plan);
    }
    let pack = explain.judging.selection.selected()?;
    output::print(page(find(&pack, &explain.subject)?, terminal).as_bytes())?;
    Ok(Exit::Passed)
}

fn find<'a>(pack: &'a Pack, id: &str) -> anyhow::Result<&'a Policy> {
    pack.policy(id).ok_or_else(|| anyhow::anyhow!(no_policy(pack, id)))
}

/// That there is no such policy, and which may have been meant.
pub(super) fn no_policy(pack: &Pack, id: &str) -> String {
    let hint = pack.hint(id);
    format!("there is no policy `{id}`{hint}; `plangate list` names them all")
}

/// Lines longer than this are hard to read; on a pipe nothing is wrapped, since there is nobody to read it.
const MOST: usize = 96;

fn page(policy: &Policy, terminal: Terminal) -> String {
    let columns = terminal.width.map_or(usize::MAX, |width| width.min(MOST));
    let mut page = Page {
        out: String::new(),
        colour: terminal.colour,
        columns,
    };
    let bold = page.bold(&text::line(&policy.id));
    let _ = writeln!(page.out, "{bold}  ({})", policy.severity);
    page.lines(&policy.title, "");
    page.section("Why it matters", &text::paragraphs(&policy.description));
    page.section("What it examines", &policy.examines.join(", "));
    page.section("How to put it right", &text::paragraphs(&policy.remediation));
    page.code("Example", policy.example.as_deref().unwrap_or_default());
    page.section("Parameters", &parameters(policy));
    let controls: Vec<String> = policy
        .controls
        .iter()
        .map(|(key, controls)| {
            // `--control` takes the key.
            let name = match author::standard_name(key) {
                name if name == key => String::new(),
                name => format!("{name}, "),
            };
            format!("{name}{key}: {}", controls.join(", "))
        })
        .collect();
    page.section("Controls", &controls.join("\n"));
    page.section("Reports", &policy.reports.join("\n"));
    page.section("Read on", &policy.related.join("\n"));
    page.section("Since", &policy.since);
    page.out
}

fn parameters(policy: &Policy) -> String {
    let mut lines = String::new();
    for (name, param) in &policy.params {
        let default = serde_json::to_string(&param.default).unwrap_or_default();
        let _ = writeln!(lines, "{name} ({}, default {default})", param.kind);
        let _ = writeln!(lines, "  {}", text::line(&param.description));
        let setting = format!("{}.{name}={default}", policy.id);
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._=-".contains(letter);
        let quote = if setting.chars().all(is_plain) { "" } else { "'" };
        let _ = writeln!(lines, "  --param {quote}{setting}{quote}");
    }
    lines
}

struct Page {
    out: String,
    colour: bool,
    columns: usize,
}

impl Page {
    /// A heading and its text; nothing where there is none.
    fn section(&mut self, heading: &str, body: &str) {
        if body.trim().is_empty() {
            return;
        }
        let heading = self.bold(heading);
        let _ = writeln!(self.out, "\n{heading}");
        self.lines(body, "  ");
    }

    /// A heading and what is there to be copied: no line of it is wrapped.
    fn code(&mut self, heading: &str, code: &str) {
        let columns = std::mem::replace(&mut self.columns, usize::MAX);
        self.section(heading, code);
        self.columns = columns;
    }

    fn lines(&mut self, body: &str, indent: &str) {
        for line in text::wrap_words(body, self.columns.saturating_sub(indent.len())) {
            let _ = match line.is_empty() {
                true => writeln!(self.out),
                false => writeln!(self.out, "{indent}{line}"),
            };
        }
    }

    fn bold(&self, words: &str) -> String {
        let bold = Style::new().bold();
        if self.colour {
            format!("{bold}{words}{bold:#}")
        } else {
            words.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::policy;
    use super::*;

    #[test]
    fn page_says_all_of_the_metadata() {
        let expected = "\
aws.s3.public_access_block  (high)
S3 bucket is not closed to the public

Why it matters
  Anyone can read it.

  It takes one wrong policy.

What it examines
  aws_s3_bucket

How to put it right
  Add a public access block.

Example
  resource \"aws_s3_bucket_public_access_block\" \"logs\" {
    bucket = aws_s3_bucket.logs.id
  }

Parameters
  min_days (integer, default 7)
    The least number of days.
    --param aws.s3.public_access_block.min_days=7

Controls
  CIS AWS Foundations, cis_aws: 2.1.4

Reports
  online-education 10

Read on
  https://docs.aws.amazon.com/

Since
  0.1.0
";
        let page = page(&policy("aws.s3.public_access_block"), Terminal::default());
        assert_eq!(page, expected);
    }

    #[test]
    fn prose_is_wrapped_at_a_terminal_only_and_what_is_copied_never() {
        let link = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html";
        let policy = Policy {
            description: "Anyone can read what is\nin it, and\nwrite it.\n".into(),
            related: vec![link.into()],
            ..policy("a.b")
        };
        let code = "\n  resource \"aws_s3_bucket_public_access_block\" \"logs\" {\n";
        for (width, prose) in [
            (None, "\n  Anyone can read what is in it, and write it.\n"),
            (Some(30), "\n  Anyone can read what is in\n  it, and write it.\n"),
        ] {
            let page = page(&policy, Terminal { width, colour: false });
            for whole in [prose, code, link] {
                assert!(page.contains(whole), "{whole}\n{page}");
            }
        }
    }

    #[test]
    fn what_is_not_said_has_no_heading() {
        let bare = Policy {
            example: None,
            params: Default::default(),
            ..policy("a.b")
        };
        let page = page(&bare, Terminal::default());
        assert!(!page.contains("Example") && !page.contains("Parameters"), "{page}");
    }

    #[test]
    fn unknown_policy_has_a_hint() {
        let pack = Pack {
            policies: vec![policy("aws.s3.encryption")],
            ..Pack::default()
        };
        let error = find(&pack, "aws.s3.encrypton").unwrap_err().to_string();
        assert!(
            error.contains("`aws.s3.encrypton`; did you mean aws.s3.encryption?"),
            "{error}"
        );
        assert!(error.contains("`plangate list`"), "{error}");
    }
}
