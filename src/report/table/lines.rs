//! A finding's parts in lines, the labels aligned.

use crate::report::text;

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
