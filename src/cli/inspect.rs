//! `plangate inspect`: the document that policies read.

use std::path::PathBuf;

use clap::Args;

use super::judge::Judging;
use super::{input, output, talk};
use crate::model::State;
use crate::report::Exit;

/// What `plangate inspect` is given.
#[derive(Args, Clone, Debug)]
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

/// Prints the model of a plan as JSON: what `input` is to a policy.
///
/// # Errors
///
/// Where the plan cannot be read, or the policies whose parameters it shows cannot be loaded.
pub(super) fn run(inspect: &Inspect) -> anyhow::Result<Exit> {
    let pack = inspect.judging.selection.selected()?;
    let judge = inspect.judging.judge(&pack)?;
    let place = input::only(&inspect.plan)?;
    let state = if inspect.before { State::Before } else { State::After };
    let text = inspect.judging.read(&place, |read| {
        for note in &read.notes {
            talk::note(&format!("{}: {note}", place.name()));
        }
        let mut text = serde_json::to_vec_pretty(&judge.document(&read.plan, state, read.source.as_ref()))?;
        text.push(b'\n');
        Ok(text)
    });
    output::print(&text.map_err(|error| error.context(place.name()))?)?;
    Ok(Exit::Passed)
}
