//! What a finding says: the message, then what was found, expected, the cause and the fix.

use crate::model::Value;
use crate::report::{Row, text};

/// The parts of a finding, each with its label; the message has none.
pub(super) fn parts(row: &Row) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    if let Some(message) = &row.message {
        parts.push(("", message.to_string()));
    }
    // The cause already says that it is known after apply.
    let found = if row.cause.is_some() && text::is_unknown(&row.found) {
        &Value::Null
    } else {
        &row.found
    };
    match (&row.attribute, found) {
        (None, Value::Null) => {}
        (None, found) => parts.push(("found", text::value(found))),
        (Some(attribute), Value::Null) => parts.push(("argument", attribute.to_string())),
        (Some(attribute), found) => {
            parts.push(("found", format!("{attribute} = {}", text::value(found))));
        }
    }
    if !row.expected.is_null() {
        parts.push(("expected", text::value(&row.expected)));
    }
    if let Some(cause) = &row.cause {
        parts.push(("because", cause.to_string()));
    }
    if let Some(remediation) = &row.remediation {
        parts.push(("fix", remediation.to_string()));
    }
    parts
}

/// All of it in one line.
pub(super) fn in_one_line(row: &Row) -> String {
    let parts: Vec<String> = parts(row)
        .into_iter()
        .map(|(label, part)| match label {
            "" => text::line(&part),
            "fix" => format!("fix: {}", text::line(&part)),
            label => format!("{label} {}", text::line(&part)),
        })
        .collect();
    parts.join("; ")
}

/// In lines of at most that many columns, the labels aligned.
pub(super) fn in_lines(parts: &[(&'static str, String)], columns: usize) -> Vec<String> {
    const LABEL: usize = "expected".len() + 1;
    /// The most lines that a value may take.
    const MOST: usize = 8;
    let mut lines = Vec::new();
    for (label, part) in parts {
        if label.is_empty() {
            lines.extend(text::wrap(part, columns));
            continue;
        }
        let mut wrapped = text::wrap(part, columns.saturating_sub(LABEL).max(LABEL));
        if wrapped.len() > MOST && matches!(*label, "found" | "expected") {
            wrapped.truncate(MOST);
            wrapped.push("... (all of it: --format json)".to_owned());
        }
        for (number, line) in wrapped.into_iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            lines.push(format!("{label:LABEL$}{line}"));
        }
    }
    lines
}
