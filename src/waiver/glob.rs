//! Patterns of policies, addresses and plans: `*` is any text, `?` any letter, `\*` and `\?` are these letters themselves,
//! and all else is itself.

/// Whether a text is as the pattern says. Brackets and quotes, which addresses have, mean nothing special.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<Part>, Vec<char>) = (parts(pattern), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stands, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Part::Any) => {
                star = Some((p, t));
                p += 1;
            }
            Some(part) if *part == Part::One || *part == Part::Letter(text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|part| *part == Part::Any)
}

#[derive(PartialEq)]
enum Part {
    Any,
    One,
    Letter(char),
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut letters = pattern.chars().peekable();
    let mut parts = Vec::new();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '*' => Part::Any,
            '?' => Part::One,
            // Keys have backslashes of their own, before quotes and themselves.
            '\\' => Part::Letter(letters.next_if(|next| matches!(next, '*' | '?')).unwrap_or('\\')),
            letter => Part::Letter(letter),
        });
    }
    parts
}

/// The pattern of this text alone.
#[cfg(feature = "cli")]
pub(crate) fn literal(text: &str) -> String {
    text.replace('*', "\\*").replace('?', "\\?")
}

/// Whether an address is as the pattern says, as it is or without its instance keys: `aws_s3_bucket.logs` stands for
/// `aws_s3_bucket.logs["a"]`, and `module.net.aws_subnet.a` for `module.net[0].aws_subnet.a[1]`.
pub(crate) fn matches_address(pattern: &str, address: &str) -> bool {
    if matches(pattern, address) {
        return true;
    }
    let (bare, without_last) = without_keys(address);
    matches(pattern, &bare) || matches(pattern, without_last)
}

/// An address without any of its keys, and without that at its end.
fn without_keys(address: &str) -> (String, &str) {
    let mut bare = String::with_capacity(address.len());
    let mut quoted = false;
    let mut escaped = false;
    let mut depth = 0_usize;
    let mut last = address.len();
    for (at, letter) in address.char_indices() {
        if quoted {
            quoted = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            '"' if depth > 0 => quoted = true,
            '[' => {
                if depth == 0 {
                    last = at;
                }
                depth += 1;
            }
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                bare.push(letter);
                last = address.len();
            }
            _ => {}
        }
    }
    (bare, &address[..last])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_is_any_text_and_brackets_are_themselves() {
        for (pattern, text, same) in [
            ("aws.s3.*", "aws.s3.https_only", true),
            ("aws.s3.*", "aws.s3", false),
            ("*", "", true),
            ("a*b*c", "axxbxbxc", true),
            ("a*b*c", "axxbxbx", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("x[0]", "x[0]", true),
            ("x[0]", "x0", false),
            ("", "x", false),
            ("a[\"\\*\"]", "a[\"*\"]", true),
            ("a[\"\\*\"]", "a[\"b\"]", false),
            ("a[\"\\\"\"]", "a[\"\\\"\"]", true),
        ] {
            assert_eq!(matches(pattern, text), same, "{pattern} {text}");
        }
        let long = "a".repeat(2_000);
        assert!(!matches(&"a*".repeat(100), &format!("{long}b").replace('a', "c")));
    }

    #[test]
    fn pattern_without_keys_stands_for_all_instances() {
        for (pattern, address, same) in [
            ("aws_s3_bucket.logs", "aws_s3_bucket.logs[\"a\"]", true),
            ("aws_s3_bucket.logs", "aws_s3_bucket.logs[0]", true),
            ("aws_s3_bucket.logs[\"a\"]", "aws_s3_bucket.logs[\"a\"]", true),
            ("aws_s3_bucket.logs[\"a\"]", "aws_s3_bucket.logs[\"b\"]", false),
            ("aws_s3_bucket.log", "aws_s3_bucket.logs[0]", false),
            (
                "module.net.aws_subnet.a",
                "module.net[\"x.y[0]\"].aws_subnet.a[1]",
                true,
            ),
            (
                "module.net[\"x\"].aws_subnet.a",
                "module.net[\"x\"].aws_subnet.a[1]",
                true,
            ),
            (
                "module.net[\"x\"].aws_subnet.a",
                "module.net[\"y\"].aws_subnet.a[1]",
                false,
            ),
            ("module.net.*", "module.net[\"a\\\"b]\"].aws_subnet.a", true),
            ("*.a", "module.net.aws_subnet.a[0]", true),
        ] {
            assert_eq!(matches_address(pattern, address), same, "{pattern} {address}");
        }
    }
}
