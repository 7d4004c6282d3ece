//! Text that is safe to print at a terminal: names and messages come from plans and policies that nobody vouches for.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::Value;

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

/// How many columns the text takes at a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, [`safe`], in lines of at most that many columns. Its own line breaks and their indentation are kept,
/// and a word is only broken where it is longer than a line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    wrapped(text, columns, true)
}

/// As [`wrap`], but a word that is longer than a line stays whole: an address of the web is there to be copied.
pub fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    wrapped(text, columns, false)
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

fn wrapped(text: &str, columns: usize, breaks_words: bool) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.trim_end().lines() {
        let whole = safe(paragraph.trim_end());
        if width(&whole) <= columns {
            lines.push(whole.into_owned());
            continue;
        }
        let indent: String = paragraph.chars().take_while(|letter| *letter == ' ').collect();
        let indent = if indent.len() * 2 < columns {
            indent
        } else {
            String::new()
        };
        let mut current = indent.clone();
        for word in paragraph.split_whitespace() {
            let mut word = safe(word).into_owned();
            let used = width(&current);
            let started = current.len() > indent.len();
            if started && used + 1 + width(&word) > columns {
                lines.push(std::mem::replace(&mut current, indent.clone()));
            } else if started {
                current.push(' ');
            }
            while breaks_words && width(&current) + width(&word) > columns {
                let rest = split_off(&mut word, columns.saturating_sub(width(&current)).max(1));
                current.push_str(&word);
                if rest.is_empty() {
                    word = rest;
                    break;
                }
                lines.push(std::mem::replace(&mut current, indent.clone()));
                word = rest;
            }
            current.push_str(&word);
        }
        lines.push(current);
    }
    lines
}

/// Cuts the word after that many columns, or after its first letter where even that is wider, and gives the rest.
fn split_off(word: &mut String, columns: usize) -> String {
    let mut used = 0;
    let cut = word.char_indices().skip(1).find(|(at, letter)| {
        used = width(&word[..*at]) + letter.width().unwrap_or(0);
        used > columns
    });
    match cut.map(|(at, _)| at) {
        Some(at) => word.split_off(at),
        None => String::new(),
    }
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
    fn wrapping_breaks_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a\n\n  bb cc", 6), ["a", "", "  bb", "  cc"]);
        assert_eq!(wrap("a  b\n  ^", 6), ["a  b", "  ^"], "a line that fits is left alone");
        assert_eq!(wrap("", 5), Vec::<String>::new());
    }

    #[test]
    fn wrapping_breaks_a_word_that_no_line_holds() {
        assert_eq!(wrap("ab abcdefgh ij", 3), ["ab", "abc", "def", "gh", "ij"]);
        assert_eq!(wrap("漢字漢", 4), ["漢字", "漢"]);
        assert_eq!(wrap("漢字", 1), ["漢", "字"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "the quick 漢字 brown-fox-jumps-over\tthe\n    lazy\u{1b} dog";
        for columns in 8..40 {
            for line in wrap(text, columns) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn a_word_that_is_to_be_copied_stays_whole() {
        assert_eq!(
            wrap_words("see https://a.b/c#d now", 9),
            ["see", "https://a.b/c#d", "now"]
        );
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
