//! What goes wrong when policies are loaded or judge.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::heads;

/// Why a policy, or all of them, could not judge. What is said of one policy does not name it: it stands beside it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EngineError {
    /// Policies or libraries that are not loaded; none is used.
    #[error("{0}")]
    Rejected(Rejections),
    /// The input is nothing that a policy can read.
    #[error("the plan cannot be handed to the policies: {0}")]
    Input(String),
    /// A policy broke while it judged.
    #[error("{message}")]
    Broken {
        /// The policy.
        policy: Arc<str>,
        /// The engine's message, with file, line and the source line.
        message: String,
    },
    /// A rule says something that is no finding.
    #[error("its rule `{rule}` {message}")]
    NoFinding {
        /// The policy.
        policy: Arc<str>,
        /// `deny`, `unknown` or `examined`.
        rule: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// A policy did not come to an end in time.
    #[error("{place}it was given up after {}: is there a loop over a product of lists?", seconds(.limit))]
    Late {
        /// The policy.
        policy: Arc<str>,
        /// The time it had.
        limit: Duration,
        /// The file, line and rule that take so long, with a colon after each; empty where that is not known.
        place: String,
    },
    /// A policy took more memory than it may.
    #[error("{place}it was stopped at {} of memory: is there a product of lists, or a text that grows?", memory(*.limit))]
    Memory {
        /// The policy.
        policy: Arc<str>,
        /// The bytes it had.
        limit: u64,
        /// As in [`EngineError::Late`].
        place: String,
    },
    /// The process of its own in which a policy is judged ended.
    #[error("{how}")]
    Ended {
        /// The policy.
        policy: Arc<str>,
        /// How it ended.
        how: String,
    },
    /// The policy is not judged because the thread that judged it ended.
    #[error("it ended the thread that judged it; this is a bug in the engine")]
    Lost {
        /// The policy.
        policy: Arc<str>,
    },
}

fn seconds(limit: &Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

/// Bytes, in the largest unit that has a whole number of them.
pub(crate) fn memory(bytes: u64) -> String {
    match bytes {
        0 => "no".to_owned(),
        _ if bytes.is_multiple_of(1 << 30) => format!("{} GiB", bytes >> 30),
        _ if bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ => format!("{bytes} bytes"),
    }
}

/// Every reason why policies or libraries are not loaded; at least one.
#[derive(Clone, Debug)]
pub struct Rejections(pub(super) Vec<Rejection>);

impl Rejections {
    /// The reasons, in the order of the policies.
    pub fn as_slice(&self) -> &[Rejection] {
        &self.0
    }
}

impl fmt::Display for Rejections {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (index, rejection) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{rejection}")?;
        }
        Ok(())
    }
}

/// One reason why a file of Rego is not loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rejection {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 where the message has a place of its own.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.path, self.message),
            line => write!(formatter, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// The engine's message without the values that it quotes: those are the plan's, and may be long or nobody's business.
pub(super) fn without_values(error: &impl fmt::Display) -> String {
    // The engine's caret stands under the letter, of which a tab is one.
    let mut message = heads::as_written(&error.to_string()).replace('\t', " ");
    for (before, after) in [
        (" Got `", " Got another type"),
        ("produced multiple outputs ", "produced multiple outputs"),
    ] {
        if let Some(at) = message.rfind(before) {
            message.truncate(at);
            message.push_str(after);
        }
    }
    let mut lines: Vec<String> = message.trim().lines().map(str::to_owned).collect();
    for line in &mut lines {
        if let Some(name) = line.strip_prefix("error: ").and_then(unbound) {
            *line = format!(
                "error: `{name}` has no value here: give it one, as in `{name} := ...` or `some {name} in ...`"
            );
        }
    }
    lines.join("\n")
}

/// The variable that a message of the engine says is given no value.
fn unbound(message: &str) -> Option<&str> {
    let quoted = message.strip_prefix("use of undefined variable `");
    let named = message
        .strip_prefix("var ")
        .and_then(|rest| rest.split_once(" is unsafe"));
    match quoted {
        Some(rest) => rest.split_once('`').map(|(name, _)| name),
        None => named.map(|(name, _)| name),
    }
}

/// Whether the engine's own timer ended the evaluation.
pub(super) fn is_late(error: &(impl fmt::Display + ?Sized)) -> bool {
    error.to_string().contains("execution exceeded time limit")
}
