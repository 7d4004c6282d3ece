//! The configuration that a plan was made from, read as far as it helps the plan's model.
//!
//! A plan says what each resource will be, and by which names its arguments refer to others. It does not say what a
//! local value is made of, what a `dynamic` block makes, or where in which file anything stands. [`Source`] reads
//! the HCL and says so; [`evaluate`] works out an expression as far as it is known before apply.

mod block;
mod body;
mod comments;
mod convert;
mod evaluate;
mod functions;
mod json;
mod lines;
mod lower;
mod lower_template;
mod marker;
mod mentions;
mod module;
mod operate;
mod parse;
mod read;
mod reference;
mod scope;
mod syntax;
mod template;

pub use block::{Block, Step};
pub use body::body_value;
pub use comments::Comment;
pub use evaluate::evaluate;
pub use module::{Mode, Module, Validation, Variable};
pub use read::{Source, is_configuration};
pub use scope::{Locals, Part, Scope, address};
pub use syntax::Expression;
pub use template::evaluate_document;

/// The blocks of a text that is no file: the example of a policy.
///
/// # Errors
///
/// [`SourceError::Syntax`] where it is no HCL.
pub fn snippet(text: &str) -> Result<Module, SourceError> {
    let mut module = Module::default();
    module.declare(parse::parse(&std::sync::Arc::from("example"), text)?);
    Ok(module)
}

/// Why a configuration cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A folder or a file that cannot be opened, or is no UTF-8.
    #[error("cannot read {file}: {error}")]
    Read {
        /// Its path.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file that is larger than any configuration.
    #[error("{file} is larger than 16 MiB")]
    TooLarge {
        /// Its path.
        file: String,
    },
    /// A text that is no HCL, or no JSON as Terraform has it.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file, relative to the root folder.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was expected; never the text that was found.
        message: String,
    },
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::panic)]
mod tests;
