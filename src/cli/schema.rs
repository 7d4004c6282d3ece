//! `plangate schema`: what the JSON format looks like.

use super::output;
use crate::report::{Exit, json};

/// Prints the JSON Schema of `plangate check --format json`.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn run() -> anyhow::Result<Exit> {
    output::print(json::SCHEMA.as_bytes())?;
    Ok(Exit::Passed)
}
