//! Text in lines that a terminal can hold.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::safe;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
