//! How deep the literals of a policy nest, before it is parsed.
//!
//! The engine's parser reads the first element of a literal twice, as it may begin a comprehension; so its time doubles
//! with each literal that is the first element of another (14 take 50 ms, 20 two seconds, 28 never end), and no timer
//! covers parsing. After a comma nothing is read twice.

/// Literals may be the first of one another this deep.
pub(super) const MAX_DEPTH: usize = 14;

/// The line, from 1, on which literals are first nested deeper than [`MAX_DEPTH`]; strings and comments do not count.
pub(super) fn too_deep(text: &str) -> Option<u64> {
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut line = 1;
    let mut before = '\n';
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '[' if before.is_alphanumeric() || "_])\"`".contains(before) => brackets.push(Bracket::Other),
            '(' => brackets.push(Bracket::Other),
            '[' | '{' => {
                brackets.push(Bracket::First);
                if brackets.iter().filter(|bracket| **bracket == Bracket::First).count() > MAX_DEPTH {
                    return Some(line);
                }
            }
            ')' | ']' | '}' => drop(brackets.pop()),
            ',' | ';' | '|' => {
                if let Some(bracket) = brackets.last_mut() {
                    *bracket = Bracket::Other;
                }
            }
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
        before = c;
    }
    None
}

/// An open bracket.
#[derive(PartialEq)]
enum Bracket {
    /// A literal's, perhaps, and its first element is not over.
    First,
    /// One in which nothing is read twice: a call, an index, a literal past its first element.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_that_nest_too_deep_are_found_before_they_are_parsed() {
        let deep = |n: usize| format!("package p\n\nx := {}1{}", "{\"a\":".repeat(n), "}".repeat(n));
        assert_eq!(too_deep(&deep(MAX_DEPTH)), None);
        assert_eq!(too_deep(&deep(MAX_DEPTH + 1)), Some(3));
        assert_eq!(too_deep(&format!("x := {}", "[\n".repeat(15))), Some(15));
        assert_eq!(too_deep(&format!("x := {}", "[f(".repeat(15))), Some(1));
    }

    #[test]
    fn what_is_not_read_twice_does_not_count() {
        let many = "[".repeat(30);
        assert_eq!(
            too_deep(&format!("# {many}\nx := \"\\\"{many}\"\ny := `{many}\n`")),
            None
        );
        assert_eq!(too_deep(&format!("y := `\n\n`\n{many}")), Some(4));
        assert_eq!(too_deep(&"x := [1, ".repeat(30)), None);
        assert_eq!(too_deep(&"f(".repeat(30)), None);
        assert_eq!(too_deep(&"x[".repeat(30)), None);
    }

    #[test]
    fn a_string_that_is_left_open_hides_no_more_than_its_line() {
        assert_eq!(too_deep(&format!("x := \"\n{}", "{".repeat(30))), Some(2));
    }
}
