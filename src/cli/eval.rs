//! `plangate eval`: a question to a plan, in Rego.

use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use serde_json::json;

use super::config::Config;
use super::judge::Judging;
use super::plans::{self, Named};
use super::{output, talk};
use crate::engine::{Answer, Answers, Document, Session};
use crate::model::{State, Value};
use crate::pack::{Pack, Policy};
use crate::report::Exit;

const EXAMPLES: &str = "\
Examples:
  plangate eval 'count(input.resources)' --plan testdata/quickstart/plan.json
  plangate eval 'some b in input.resources.aws_s3_bucket; b.address' --plan plan.json
  plangate eval 'tf.get(input.resources.aws_s3_bucket[0], \"force_destroy\", false)' --plan plan.json
  plangate eval 'data.aws.s3.https_only.deny' --plan plan.json --format json
  terraform show -json tfplan | plangate eval 'input.terraform.version' --plan -

A query has what a policy has: `input`, the libraries (tf, iam, ...) and the policies under `data`.

Exit codes:
  0  it holds, and its value is shown
  1  it is undefined, or false
  2  it cannot be asked";

/// What `plangate eval` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Eval {
    /// The query, or - for standard input
    #[arg(value_name = "REGO")]
    query: String,

    /// The plan: a file (JSON, gzip, binary), or - for standard input
    #[arg(long, value_name = "PLAN")]
    plan: PathBuf,

    /// Ask the state before apply instead of that after it
    #[arg(long)]
    before: bool,

    /// How the answers are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    format: Format,

    #[command(flatten)]
    judging: Judging,
}

impl Eval {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
    }
}

/// How answers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Each value as JSON, after the names that are bound
    #[default]
    Pretty,
    /// {"result": [{"value": ..., "bindings": {...}}, ...]}
    Json,
}

/// Runs it.
///
/// # Errors
///
/// Where the plan cannot be read, or the query cannot be asked of it.
pub(super) fn run(eval: &Eval) -> anyhow::Result<Exit> {
    let is_stdin = eval.query == "-";
    if is_stdin && eval.plan.as_os_str() == "-" {
        bail!("standard input is either the query or the plan: name a file for one of them");
    }
    let query = if is_stdin {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        text
    } else {
        eval.query.clone()
    };
    let pack = eval.judging.selection.selected()?;
    let state = if eval.before { State::Before } else { State::After };
    let mut session = session(&eval.judging, &pack, &eval.plan, state, |policy| {
        is_named(&query, &policy.id)
    })?;
    let Answers { answers, prints } = session.ask(&query)?;
    prints.iter().for_each(|line| talk::note(line));
    let shown = match eval.format {
        Format::Json => serde_json::to_string_pretty(&json!({"result": answers}))? + "\n",
        Format::Pretty => pretty(&answers)?,
    };
    output::print(shown.as_bytes())?;
    let holds = answers.iter().any(|answer| answer.value != Value::Bool(false));
    Ok(if holds { Exit::Passed } else { Exit::Failed })
}

/// A plan, ready to be asked, with those policies of the pack that a query may need.
///
/// # Errors
///
/// Where the plan cannot be read, or a policy does not load.
pub(super) fn session(
    judging: &Judging,
    pack: &Pack,
    plan: &std::path::Path,
    state: State,
    is_needed: impl Fn(&Policy) -> bool,
) -> anyhow::Result<Session> {
    let judge = judging.judge(pack)?;
    let Named { name, place } = plans::one(plan)?;
    let document = judging.read(&place, |read| {
        for note in &read.notes {
            talk::note(&format!("{name}: {note}"));
        }
        Ok(Document::new(&judge.document(&read.plan, state, read.source.as_ref()))?)
    });
    let document = document.map_err(|error| error.context(name.clone()))?;
    let mut session = Session::new(pack, &document, judging.limits.limits()?)?;
    for policy in pack.policies.iter().filter(|policy| is_needed(policy)) {
        session.load(policy)?;
    }
    Ok(session)
}

/// Whether a query names a policy, or something that it is a part of.
pub(super) fn is_named(query: &str, id: &str) -> bool {
    query.match_indices("data").any(|(at, root)| {
        let rest = &query[at + root.len()..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(rest.len());
        // What stands in brackets may be any name.
        let path = rest[..end].trim_matches('.');
        let is_open = rest[end..].starts_with('[');
        let starts = |whole: &str, part: &str| {
            whole
                .strip_prefix(part)
                .is_some_and(|rest| part.is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        starts(path, id) || ((is_open || !path.is_empty()) && starts(id, path))
    })
}

/// Answers for people: what is bound, and the value where there is one to see.
pub(super) fn pretty(answers: &[Answer]) -> anyhow::Result<String> {
    if answers.is_empty() {
        return Ok("undefined\n".to_owned());
    }
    let mut shown = String::new();
    for (index, answer) in answers.iter().enumerate() {
        if index > 0 && !answer.bindings.is_empty() {
            shown.push('\n');
        }
        for (name, value) in &answer.bindings {
            shown.push_str(&format!("{name} = {}\n", brief(value)?));
        }
        if answer.bindings.is_empty() || answer.value != Value::Bool(true) {
            shown.push_str(&serde_json::to_string_pretty(&answer.value)?);
            shown.push('\n');
        }
    }
    Ok(shown)
}

/// A value on one line; a resource is its address.
fn brief(value: &Value) -> anyhow::Result<String> {
    match value.get("address").filter(|_| value.get("values").is_some()) {
        Some(Value::String(address)) => Ok(address.to_string()),
        _ => Ok(serde_json::to_string(value)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_the_policies_that_it_may_read() {
        for (query, is_meant) in [
            ("data.aws.s3.https_only.deny", true),
            ("count(data.aws.s3)", true),
            ("data[x].deny", true),
            ("data.aws[x]", true),
            ("input.data.aws_iam_policy_document", false),
            ("data.aws.s3.https_only_too.deny", false),
            ("data.lib.tf.get(1, 2, 3)", false),
            ("input.data", false),
        ] {
            assert_eq!(is_named(query, "aws.s3.https_only"), is_meant, "{query}");
        }
    }
}
