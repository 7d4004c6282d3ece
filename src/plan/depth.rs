//! The limit on how deep a plan may nest.

use super::PlanError;

/// As deep as serde_json reads: values that stay raw are first read by whoever needs them, and must not fail there.
const DEEPEST: usize = 127;

/// Refuses a document that nests deeper than its values can be read. The text is known to be well formed.
pub(super) fn check(text: &str) -> Result<(), PlanError> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                bytes.next();
            }
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > DEEPEST {
                    let before = &text[..at];
                    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                    let line = before.matches('\n').count() + 1;
                    return Err(PlanError::TooDeep {
                        line,
                        column: at - line_start + 1,
                    });
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
