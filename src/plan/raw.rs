//! What serde_json passes over in values that stay raw, and would refuse when they are read.

use super::{PlanError, document};

/// As deep as serde_json reads.
pub(super) const MAX_DEPTH: usize = 127;

/// Numbers shorter than this, without an exponent, are in the range of 64 bits' floating point.
const MAX_DIGITS: usize = 308;

/// Refuses a document with a value that could not be read: one that nests too deep, a number out of range, half of a
/// surrogate pair. The text is known to be well formed.
///
/// Raw values are first read by whoever needs them, and what could not be read there would be missing without a word.
pub(super) fn check(text: &str) -> Result<(), PlanError> {
    check_within(text, 0)
}

/// As [`check`], of what is in so many lists and objects.
pub(super) fn check_within(text: &str, mut depth: usize) -> Result<(), PlanError> {
    let bytes = text.as_bytes();
    let fault = |at: usize, reason: &str| {
        let (line, column) = document::place(text, at);
        let reason = reason.to_owned();
        Err(PlanError::Syntax { line, column, reason })
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => match string_end(bytes, at + 1) {
                Ok(end) => at = end,
                Err(escape) => return fault(escape, "half of a surrogate pair"),
            },
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    let (line, column) = document::place(text, at);
                    return Err(PlanError::TooDeep { line, column });
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'-' | b'0'..=b'9' => {
                let is_number = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                let end = at + bytes[at..].iter().take_while(is_number).count();
                let number = text.get(at..end).unwrap_or_default();
                let is_plain = number.len() < MAX_DIGITS && !number.contains(['e', 'E']);
                if !is_plain && !number.parse::<f64>().is_ok_and(f64::is_finite) {
                    return fault(at, "number out of range");
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// Where the string ends that begins at `at`; an error is where it has half of a surrogate pair.
fn string_end(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    while let Some(found) = bytes.get(at..).and_then(quote_or_escape) {
        at += found;
        if bytes[at] == b'"' {
            return Ok(at);
        }
        match unit(bytes, at) {
            Some(0xD800..=0xDBFF) => match unit(bytes, at + 6) {
                Some(0xDC00..=0xDFFF) => at += 12,
                _ => return Err(at),
            },
            Some(0xDC00..=0xDFFF) => return Err(at),
            _ => at += 2,
        }
    }
    Ok(bytes.len())
}

/// Where the next quote or backslash is.
pub(super) fn quote_or_escape(bytes: &[u8]) -> Option<usize> {
    // Most strings are short, and a search that pays for long ones begins late.
    const SHORT: usize = 16;
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\');
    let start = &bytes[..SHORT.min(bytes.len())];
    start.iter().position(is_special).or_else(|| {
        let rest = bytes.get(SHORT..)?;
        memchr::memchr2(b'"', b'\\', rest).map(|found| SHORT + found)
    })
}

/// The UTF-16 code unit that `\u0041` stands for, where one begins at `at`.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<(usize, usize, String)> {
        match check(text) {
            Err(PlanError::Syntax { line, column, reason }) => Some((line, column, reason)),
            _ => None,
        }
    }

    #[test]
    fn a_value_deeper_than_can_be_read_is_refused_with_its_place() {
        let deep = |levels: usize| format!("{{\n\"a\": {}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(check(&deep(126)).is_ok());
        assert!(matches!(
            check(&deep(127)),
            Err(PlanError::TooDeep { line: 2, column: 132 })
        ));
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        assert!(check(&format!("[\"{}\\\"[\"]", "[".repeat(200))).is_ok());
    }

    #[test]
    fn what_cannot_be_read_is_what_serde_json_refuses() {
        let long = "9".repeat(400);
        for text in [
            "[1e400]",
            "[-1E+999]",
            "[1e308, 1e309]",
            &format!("[{long}]"),
            "[\"\\ud800\"]",
            "[\"\\uDC00\"]",
            "[\"\\ud800\\u0041\"]",
            "[\"\\ud83d\\ude00 \\ud83d\"]",
        ] {
            assert!(fault(text).is_some(), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        }
        let digits = "9".repeat(307);
        for text in [
            "[1e308, -0, 0.5, 1E-400, 12]",
            &format!("[{digits}]"),
            "[\"\\ud83d\\ude00\", \"\\\\ud800\", \"1e400\", \"\\u00e9\"]",
        ] {
            assert!(check(text).is_ok(), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_fault_has_its_place() {
        assert_eq!(
            fault("{\n \"a\": 1e400}"),
            Some((2, 7, "number out of range".to_owned()))
        );
        assert_eq!(
            fault("[\"ab\\ud800\"]"),
            Some((1, 5, "half of a surrogate pair".to_owned()))
        );
    }
}
