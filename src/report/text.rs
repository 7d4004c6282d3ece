//! Text that is safe to print at a terminal: names and messages come from plans and policies that nobody vouches for.

#[cfg(feature = "cli")]
mod wrap;

use std::borrow::Cow;
use std::fmt::Write;

use crate::model::Value;

#[cfg(feature = "cli")]
pub use wrap::{width, wrap, wrap_words};

/// The text with everything escaped that could move the cursor, change colours or reorder what is
/// shown: `\u{1b}`. Line breaks and tabs are escaped too.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(deceives) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            _ if deceives(letter) => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(letter));
            }
            _ => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}

/// Control characters, and those that are invisible or turn the direction of writing.
fn deceives(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text in one line: each run of white space is one space, and what is left is [`safe`].
pub fn line(text: &str) -> String {
    safe(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// `1 policy`, `2 policies`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The text with the lines of each paragraph joined; a list's items and what is indented stay lines of their own.
pub fn paragraphs(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut is_prose = false;
    for line in text.trim_end().lines().map(str::trim_end) {
        let stands_alone = line.is_empty() || line.starts_with([' ', '\t', '|']) || line.starts_with("```");
        if !joined.is_empty() {
            joined.push(if is_prose && !stands_alone && !is_item(line) {
                ' '
            } else {
                '\n'
            });
        }
        joined.push_str(line);
        is_prose = !stands_alone;
    }
    joined
}

/// Whether a line begins an item of a list: `- x`, `* x`, `1. x`.
fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let marks: &[&str] = if rest.len() < line.len() {
        &[". "]
    } else {
        &["- ", "* "]
    };
    marks.iter().any(|mark| rest.starts_with(mark))
}

/// A value in the words of a person: a string bare where that is plain, the markers of the model in words,
/// the rest as JSON.
pub fn value(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.to_string(),
        _ => marker(value).unwrap_or_else(|| nested(value)),
    }
}

/// Whether a string reads as itself without its quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !matches!(text, "true" | "false" | "null")
        && text.parse::<f64>().is_err()
        && !text.starts_with(['"', '[', '{', '('])
}

/// Whether this is the model's marker of a value that is known after apply.
pub fn is_unknown(value: &Value) -> bool {
    value.get("unknown") == Some(&Value::Bool(true)) && value.get("unset").is_none()
}

fn marker(value: &Value) -> Option<String> {
    let members = value.as_object()?;
    let is = |name| matches!(members.get(name), Some(Value::Bool(true)));
    if is("sensitive") && members.len() == 1 {
        Some("(sensitive)".to_owned())
    } else if is("unknown") && is("unset") {
        Some("(not set)".to_owned())
    } else if is("unknown") {
        let from: Vec<&str> = members
            .get("from")
            .and_then(Value::as_array)
            .unwrap_or_default()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        Some(match from.as_slice() {
            [] => "(known after apply)".to_owned(),
            from => format!("(known after apply, from {})", from.join(", ")),
        })
    } else {
        None
    }
}

fn nested(value: &Value) -> String {
    if let Some(words) = marker(value) {
        return words;
    }
    match value {
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(nested).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, member)| format!("{}: {}", quoted(name), nested(member)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::String(text) => quoted(text),
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_deceive_is_escaped() {
        assert_eq!(safe("a[\"ü 漢\"]"), "a[\"ü 漢\"]");
        assert_eq!(safe("a\u{1b}[31mb\r\n\tc\u{9b}2J"), "a\\u{1b}[31mb\\r\\n\\tc\\u{9b}2J");
        assert_eq!(safe("a\u{202e}b\u{200b}"), "a\\u{202e}b\\u{200b}");
    }

    #[test]
    fn line_is_one_line() {
        assert_eq!(line("  a\n   b \t c\u{7} "), "a b c\\u{7}");
    }

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        assert_eq!(paragraphs("a\nb\n\nc\n`d` e\n"), "a b\n\nc `d` e");
        assert_eq!(paragraphs("a:\n- b\n  c\n- d\n1. e"), "a:\n- b\n  c\n- d\n1. e");
        assert_eq!(paragraphs("a\n    code\nb\n12 c"), "a\n    code\nb 12 c");
    }

    #[test]
    fn values_are_in_words() {
        for (given, expected) in [
            (Value::from("0.0.0.0/0"), "0.0.0.0/0"),
            (Value::from(""), "\"\""),
            (Value::from("true"), "\"true\""),
            (Value::from("12"), "\"12\""),
            (Value::Bool(true), "true"),
            (Value::Null, "null"),
            (Value::sensitive(), "(sensitive)"),
            (Value::unset(), "(not set)"),
            (Value::unknown([]), "(known after apply)"),
            (Value::unknown(["k.arn".into()]), "(known after apply, from k.arn)"),
            (
                Value::Array(vec![Value::from("a"), Value::sensitive()]),
                "[\"a\", (sensitive)]",
            ),
            (
                Value::object([("b", Value::from("x")), ("a", Value::Null)]),
                "{\"a\": null, \"b\": \"x\"}",
            ),
        ] {
            assert_eq!(value(&given), expected);
        }
    }
}
