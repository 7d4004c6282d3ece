//! How deep the brackets of a policy nest, before it is parsed.
//!
//! The engine's parser tries a literal as a comprehension first, so its time doubles with each level of nesting
//! (objects 14 deep take a second, 28 deep never end), and no timer covers parsing.

/// Brackets may nest this deep.
pub(super) const MAX_DEPTH: usize = 12;

/// The line, from 1, on which brackets first nest deeper than [`MAX_DEPTH`]; strings and comments do not count.
pub(super) fn too_deep(text: &str) -> Option<u64> {
    let mut depth = 0usize;
    let mut line = 1;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '(' | '[' | '{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(line);
                }
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '#' => line += u64::from(chars.any(|c| c == '\n')),
            // A string cannot hold a line's end: at one, it was left open, and the parser says so.
            '"' => {
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => drop(chars.next()),
                        '"' => break,
                        '\n' => {
                            line += 1;
                            break;
                        }
                        _ => {}
                    }
                }
            }
            '`' => line += chars.by_ref().take_while(|c| *c != '`').filter(|c| *c == '\n').count() as u64,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_that_nest_too_deep_are_found_before_they_are_parsed() {
        let deep = |n: usize| format!("package p\n\nx := {}1{}", "{\"a\":".repeat(n), "}".repeat(n));
        assert_eq!(too_deep(&deep(MAX_DEPTH)), None);
        assert_eq!(too_deep(&deep(MAX_DEPTH + 1)), Some(3));
        assert_eq!(too_deep(&format!("x := {}", "[\n".repeat(13))), Some(13));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "[".repeat(30);
        assert_eq!(
            too_deep(&format!("# {many}\nx := \"\\\"{many}\"\ny := `{many}\n`")),
            None
        );
        assert_eq!(too_deep(&format!("y := `\n\n`\n{many}")), Some(4));
    }

    #[test]
    fn a_string_that_is_left_open_hides_no_more_than_its_line() {
        assert_eq!(too_deep(&format!("x := \"\n{}", "{".repeat(30))), Some(2));
    }
}
