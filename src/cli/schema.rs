//! `plangate schema`: what the JSON format looks like.

use clap::Args;

use super::output;
use crate::report::{Exit, json};

const EXAMPLES: &str = "\
Examples:
  plangate schema >report.schema.json";

/// What `plangate schema` is given: nothing.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {}

/// Prints the JSON Schema of `plangate check --format json`.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn run() -> anyhow::Result<Exit> {
    output::print(json::SCHEMA.as_bytes())?;
    Ok(Exit::Passed)
}
