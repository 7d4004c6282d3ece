//! Finds the JSON document among what a shell, a wrapper or a pipeline has put around it.
//!
//! A document begins at the start of a line: with `{`, blanks and a quote, after nothing but blanks and colour codes.

use super::recognize::{self, Value};
use super::{Decoded, PlanError};

/// Blanks out whatever stands before the document.
pub(super) fn isolate(text: String) -> Result<Decoded, PlanError> {
    let start = document_start(&text)?;
    let (before, _) = text.split_at(start);
    if before.trim().is_empty() {
        return Ok(Decoded {
            text,
            notes: Vec::new(),
        });
    }
    let lines = before.lines().filter(|line| !line.trim().is_empty()).count();
    let notes = vec![format!("ignored {} before the plan", count_lines(lines))];
    Ok(Decoded {
        text: blank_out(text, start),
        notes,
    })
}

/// Refuses what follows the document where it is JSON or a part of it; a note says that the rest is ignored.
pub(super) fn check_rest(text: &str, end: usize) -> Result<Option<String>, PlanError> {
    let rest = text.get(end..).unwrap_or_default();
    let trimmed = rest.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    // One brace too many at the very end leaves nothing out; anywhere else the rest of the plan follows. Two colons
    // begin a command to GitHub.
    let is_part = trimmed.starts_with(['}', ']', ',', ':', '"'])
        && !trimmed.starts_with("::")
        && !trimmed.chars().all(|one| one == '}');
    if is_part {
        let (line, column) = place(text, end + rest.len() - rest.trim_start().len());
        return Err(PlanError::Syntax {
            line,
            column,
            reason: "the document's braces do not match".to_owned(),
        });
    }
    let mut from = end;
    while let Some(start) = next_start(text, from) {
        match log_line_end(text, start) {
            Some(line_end) => from = line_end,
            None => {
                return Err(PlanError::SeveralDocuments {
                    line: place(text, start).0,
                });
            }
        }
    }
    let lines = rest.lines().filter(|line| !line.trim().is_empty()).count();
    Ok(Some(format!("ignored {} after the plan", count_lines(lines))))
}

/// The byte at which the document begins.
fn document_start(text: &str) -> Result<usize, PlanError> {
    let first = text.len() - text.trim_start().len();
    let Some(trimmed) = text.get(first..).filter(|trimmed| !trimmed.is_empty()) else {
        return Err(PlanError::Empty);
    };
    // The common case, without a look at all the rest: Terraform writes this key first.
    if starts_with_version(trimmed) {
        return Ok(first);
    }
    if !trimmed.starts_with('{') {
        refuse_other_values(text, trimmed)?;
    }
    let mut has_events = false;
    let mut from = 0;
    while let Some(start) = next_start(text, from) {
        match recognize::first_value(text.get(start..).unwrap_or_default()) {
            Ok(Some(Value::Object(keys))) if keys.is_event() || keys.is_log() => {
                has_events |= keys.is_event();
                from = line_end(text, start);
            }
            // A fault in an event is the log's, and one in a document is told by who reads it, with its place.
            Err(_) if has_events && is_event_start(text, start) => from = line_end(text, start),
            _ => return Ok(start),
        }
    }
    if has_events {
        return Err(PlanError::EventLog);
    }
    if trimmed.starts_with('{') && trimmed.trim_end().ends_with('}') {
        return Ok(first);
    }
    within_a_line(text).ok_or_else(|| recognize::kind_of_text(&without_colours(text)))
}

/// Refuses text that is one JSON value, but no object; `[command]` and other text is none.
fn refuse_other_values(text: &str, trimmed: &str) -> Result<(), PlanError> {
    let mut values = serde_json::Deserializer::from_str(trimmed).into_iter::<Value<'_>>();
    match values.next() {
        Some(Ok(Value::Other(found)))
            if trimmed
                .get(values.byte_offset()..)
                .is_none_or(|rest| rest.trim().is_empty()) =>
        {
            Err(PlanError::OtherJson {
                found: found.to_owned(),
            })
        }
        Some(Err(error)) if error.is_eof() && trimmed.starts_with('[') => Err(PlanError::of_json(text, &error)),
        _ => Ok(()),
    }
}

/// A plan behind a timestamp or another prefix; lines of GitHub's commands hold an escaped copy, which is none.
fn within_a_line(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with("::") {
            let found = line
                .match_indices('{')
                .find(|(start, _)| line.get(*start..).is_some_and(starts_with_version));
            if let Some((start, _)) = found {
                return Some(offset + start);
            }
        }
        offset += line.len();
    }
    None
}

fn starts_with_version(text: &str) -> bool {
    text.strip_prefix('{')
        .is_some_and(|members| members.trim_start().starts_with("\"format_version\""))
}

fn is_event_start(text: &str, start: usize) -> bool {
    text.get(start..).is_some_and(|line| line.starts_with("{\"@level\""))
}

/// Where the next document begins, at `from` or later.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut offset = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        let start = offset + line.len() - without_leading_colours(line).len();
        let opened = text.get(start..).and_then(|document| document.strip_prefix('{'));
        if opened.is_some_and(|members| members.trim_start().starts_with('"')) {
            return Some(start);
        }
        offset += line.len();
    }
    None
}

/// The end of the line, where that is a whole event or line of a log.
fn log_line_end(text: &str, start: usize) -> Option<usize> {
    match recognize::first_value(text.get(start..)?) {
        Ok(Some(Value::Object(keys))) if keys.is_event() || keys.is_log() => Some(line_end(text, start)),
        _ => None,
    }
}

fn line_end(text: &str, from: usize) -> usize {
    text.get(from..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |length| from + length + 1)
}

fn without_leading_colours(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(behind) = behind_colour(rest) {
        rest = behind.trim_start();
    }
    rest
}

fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('\u{1b}') {
        let (before, colour) = rest.split_at(start);
        plain.push_str(before);
        rest = behind_colour(colour).unwrap_or_else(|| colour.trim_start_matches('\u{1b}'));
    }
    plain + rest
}

/// What follows an escape sequence such as `ESC [ 1 ; 3 2 m`.
fn behind_colour(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|one: char| !one.is_ascii_digit() && !matches!(one, ';' | ':' | '?'))?;
    let mut behind = parameters.get(end..)?.chars();
    behind.next();
    Some(behind.as_str())
}

/// Line and column of a byte, both from 1.
pub(super) fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before.len() - line_start + 1)
}

/// Keeps the line ends, so that places stay what they were.
fn blank_out(mut text: String, end: usize) -> String {
    let blanks: String = text
        .bytes()
        .take(end)
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(..end, &blanks);
    text
}

fn count_lines(lines: usize) -> String {
    match lines {
        1 => "1 line".to_owned(),
        _ => format!("{lines} lines"),
    }
}
