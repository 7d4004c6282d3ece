//! Policies: their Rego, their METADATA and their parameters.
mod severity;
pub use severity::{Severity, UnknownSeverity};
