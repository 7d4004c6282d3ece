//! From the bytes of a file to a plan: Terraform's JSON output format, borrowed from the text.
//!
//! Two steps, since the plan borrows from the text: [`decode`] takes what people really produce (UTF-16 from
//! PowerShell, gzip, log lines around the JSON), [`parse`] reads the plan in one pass and refuses what is none.
//! Values stay raw text, so that reading a plan costs as little as finding where its values end.
//!
//! ```
//! let file = br#"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}}}"#;
//! let decoded = plangate::plan::decode(file.to_vec())?;
//! let plan = plangate::plan::parse(&decoded.text)?;
//! plan.ensure_finished()?;
//! assert_eq!(plan.format_version, "1.2");
//! # Ok::<(), plangate::plan::PlanError>(())
//! ```
//!
//! The format: <https://developer.hashicorp.com/terraform/internals/json-format>.

mod document;
mod encoding;
mod error;
mod format;
mod raw;
mod recognize;
mod sift;
mod version;

#[cfg(test)]
mod corpus_test;
#[cfg(test)]
mod input_test;

pub use encoding::MAX_DECOMPRESSED_BYTES;
pub use error::PlanError;
pub use format::*;
pub use sift::{Kept, Sifted};

/// The text of a file in which a JSON document was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The file's text in UTF-8, for [`parse`].
    ///
    /// What stood before the document is overwritten with blanks, not cut off, so that lines and columns (and for a
    /// file in UTF-8 also bytes) are those of the file.
    pub text: String,
    /// What a person should know of how the file was read, a sentence each without a full stop.
    pub notes: Vec<String>,
}

/// Turns a file's bytes into text and finds the JSON document in it.
///
/// Reads UTF-8 with or without byte order mark, UTF-16 of either byte order with or without byte order mark, and gzip
/// of these up to [`MAX_DECOMPRESSED_BYTES`]. Text and log lines in front of the document are blanked out.
///
/// # Errors
///
/// A [`PlanError`] that says what the file is instead: empty, a binary plan file ([`PlanError::BinaryPlan`], of which
/// `terraform show -json` makes a plan), text for people, a log, and so on.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, PlanError> {
    document::isolate(encoding::to_text(bytes)?)
}

/// Reads a plan in one pass; names borrow from the text, and values stay raw.
///
/// Text after the document is noted in [`Plan::notes`] and ignored, as long as it is no further JSON. An errored or
/// incomplete plan is read: see [`Plan::ensure_finished`].
///
/// # Errors
///
/// A [`PlanError`] that says what the document is instead of a plan, where it ends early or is no valid JSON, or that
/// its `format_version` is one that this plangate cannot read. None quotes the document but for names of keys.
pub fn parse(text: &str) -> Result<Plan<'_>, PlanError> {
    // A pass of its own, and on a large plan a thread of its own.
    if text.len() < LARGE {
        return read(text, raw::check);
    }
    std::thread::scope(|scope| {
        let check = std::thread::Builder::new().spawn_scoped(scope, || raw::check(text));
        // There may be no thread to be had, and what follows the document may be no JSON.
        read(text, |document| match check.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(Ok(()))) => Ok(()),
            _ => raw::check(document),
        })
    })
}

/// From this size of its text on, a plan is worth more than one thread.
const LARGE: usize = 1 << 20;

/// Reads a plan; `check` says whether what stays raw can be read.
fn read(text: &str, check: impl FnOnce(&str) -> Result<(), PlanError>) -> Result<Plan<'_>, PlanError> {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Plan<'_>>();
    let mut plan = match documents.next() {
        None => return Err(PlanError::Empty),
        Some(Ok(plan)) => plan,
        Some(Err(error)) => return Err(recognize::explain(text, &error)),
    };
    let end = documents.byte_offset();
    check(&text[..end])?;
    if !plan.has_a_section() {
        recognize::refuse_what_is_no_plan(text)?;
    }
    plan.notes.extend(version::check(&plan.format_version)?);
    plan.notes.extend(document::check_rest(text, end)?);
    let is_strange = |change: &&ResourceChange| change.mode == Mode::Other;
    if let Some(strange) = plan.resource_changes.iter().find(is_strange) {
        let note = format!(
            "{} is of a mode that this plangate does not know, and is not judged",
            strange.address
        );
        plan.notes.push(note);
    }
    Ok(plan)
}
