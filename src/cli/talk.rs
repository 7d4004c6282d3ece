//! What is said to the person at the terminal: on standard error, so that standard output stays data.

use std::io::Write;

use anstyle::{AnsiColor, Style};

use crate::report::text;

/// Why there is no answer.
pub(super) fn error(message: &str) {
    say("error", AnsiColor::Red.on_default().bold(), message);
}

/// What may not be as it was meant.
pub(super) fn warning(message: &str) {
    say("warning", AnsiColor::Yellow.on_default().bold(), message);
}

/// What is worth knowing.
pub(super) fn note(message: &str) {
    say("note", Style::new().bold(), message);
}

/// The message's lines stay lines, and nothing in them reaches the terminal as a control character.
fn say(label: &str, style: Style, message: &str) {
    let lines: Vec<_> = message.trim_end().lines().map(text::safe).collect();
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {}", lines.join("\n"));
}
