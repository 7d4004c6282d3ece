//! `plangate inspect`: the document that policies read.

use std::path::PathBuf;

use clap::Args;

use super::config::Config;
use super::judge::Judging;
use super::plans::{self, Named};
use super::{output, talk};
use crate::model::State;
use crate::report::Exit;

const EXAMPLES: &str = "\
Examples:
  plangate inspect plan.json
  terraform show -json tfplan | plangate inspect --before";

/// What `plangate inspect` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Inspect {
    /// The plan: a file (JSON, gzip, binary), or - for standard input
    #[arg(value_name = "PLAN", default_value = "-")]
    plan: PathBuf,

    /// Show the state before apply instead of that after it
    #[arg(long)]
    before: bool,

    #[command(flatten)]
    judging: Judging,
}

impl Inspect {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
    }
}

/// Prints the model of a plan as JSON: what `input` is to a policy.
///
/// # Errors
///
/// Where the plan cannot be read, or the policies whose parameters it shows cannot be loaded.
pub(super) fn run(inspect: &Inspect) -> anyhow::Result<Exit> {
    let pack = inspect.judging.selection.selected()?;
    let judge = inspect.judging.judge(&pack)?;
    let Named { name, place } = plans::one(&inspect.plan)?;
    let state = if inspect.before { State::Before } else { State::After };
    let text = inspect.judging.read(&place, |read| {
        for note in &read.notes {
            talk::note(&format!("{name}: {note}"));
        }
        let mut text = serde_json::to_vec_pretty(&judge.document(&read.plan, state, read.source.as_ref()))?;
        text.push(b'\n');
        Ok(text)
    });
    output::print(&text.map_err(|error| error.context(name.clone()))?)?;
    Ok(Exit::Passed)
}
