//! Addresses and reference traversals, as Terraform writes them.
//!
//! `module.net["a"].aws_subnet.private[0].id` is a sequence of names and keys, whether it is the
//! address of an instance or a reference of the configuration.

use std::fmt;
use std::sync::Arc;

/// The key of an instance of a resource or module: a number by `count`, a text by `for_each`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Number(u64),
    Text(Arc<str>),
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Key::Number(number) => write!(formatter, "[{number}]"),
            Key::Text(text) => {
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                write!(formatter, "[\"{}\"]", escaped.replace("${", "$${").replace("%{", "%%{"))
            }
        }
    }
}

/// One step of a traversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Name(Arc<str>),
    Key(Key),
}

impl Step {
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Step::Name(name) => Some(name),
            Step::Key(_) => None,
        }
    }
}

/// Splits a traversal into its steps; `None` where it is not one.
pub(crate) fn steps(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix("[\"") {
            let (key, after) = quoted(inner)?;
            steps.push(Step::Key(Key::Text(key)));
            rest = after.strip_prefix(']')?;
        } else if let Some(inner) = rest.strip_prefix('[') {
            let (number, after) = inner.split_once(']')?;
            steps.push(Step::Key(Key::Number(number.parse().ok()?)));
            rest = after;
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            let end = name.find(['.', '[']).unwrap_or(name.len());
            if end == 0 || (steps.is_empty() != (name.len() == rest.len())) {
                return None;
            }
            let (name, after) = name.split_at(end);
            steps.push(match name.parse() {
                // The older way to write an index: `aws_subnet.private.0.id`.
                Ok(number) if !steps.is_empty() => Step::Key(Key::Number(number)),
                _ => Step::Name(Arc::from(name)),
            });
            rest = after;
        }
    }
    Some(steps)
}

/// The key of an instance, from the part of its address behind its module's: `aws_subnet.private[0]`.
pub(crate) fn own_key(own: &str) -> Option<Key> {
    match own.find('[') {
        Some(at) => match steps(&own[at..])?.pop()? {
            Step::Key(key) => Some(key),
            Step::Name(_) => None,
        },
        None => own.rsplit_once('.')?.1.parse().ok().map(Key::Number),
    }
}

/// Reads a quoted key up to its closing quote: its text, and what follows the quote.
fn quoted(text: &str) -> Option<(Arc<str>, &str)> {
    let mut key = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((Arc::from(key), &text[at + 1..])),
            '\\' => key.push(match characters.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                marker @ ('u' | 'U') => {
                    let digits = if marker == 'u' { 4 } else { 8 };
                    let mut code = 0;
                    for _ in 0..digits {
                        code = code * 16 + characters.next()?.1.to_digit(16)?;
                    }
                    char::from_u32(code)?
                }
                other => other,
            }),
            '$' | '%' if text[at + 1..].starts_with(character) && text[at + 2..].starts_with('{') => {
                key.push(character);
                characters.next();
            }
            other => key.push(other),
        }
    }
    None
}

/// The module part of an instance's address: the calls from the root down, each with its key.
pub(crate) fn module_calls(address: &str) -> Option<Vec<(Arc<str>, Option<Key>)>> {
    let steps = steps(address)?;
    let mut calls = Vec::new();
    let mut rest = steps.iter().peekable();
    while let Some(step) = rest.next() {
        if step.name() != Some("module") {
            return None;
        }
        let name = Arc::from(rest.next()?.name()?);
        let key = match rest.peek() {
            Some(Step::Key(key)) => {
                let key = key.clone();
                rest.next();
                Some(key)
            }
            _ => None,
        };
        calls.push((name, key));
    }
    Some(calls)
}

/// Renders attribute steps as the tail of a reference: `tags["a"].b`.
pub(crate) fn attribute(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Key(key) => text.push_str(&key.to_string()),
        }
    }
    text
}

/// Splits an instance's address into its module's and its own.
pub(crate) fn split_module(address: &str) -> (Option<&str>, &str) {
    let mut end = 0;
    while let Some(rest) = address[end..].strip_prefix("module.") {
        let mut quoted = false;
        let mut escaped = false;
        let mut bracketed = false;
        let dot = rest.char_indices().find(|(_, character)| {
            match character {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '[' if !quoted => bracketed = true,
                ']' if !quoted => bracketed = false,
                '.' => return !quoted && !bracketed,
                _ => {}
            }
            false
        });
        match dot {
            Some((at, _)) => end += "module.".len() + at + 1,
            None => break,
        }
    }
    match end {
        0 => (None, address),
        _ => (Some(&address[..end - 1]), &address[end..]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn name(text: &str) -> Step {
        Step::Name(text.into())
    }

    fn key(text: &str) -> Step {
        Step::Key(Key::Text(text.into()))
    }

    #[test]
    fn a_traversal_is_split_at_names_and_keys() {
        assert_eq!(
            steps(r#"module.m["one"].out[0].x"#).unwrap(),
            [
                name("module"),
                name("m"),
                key("one"),
                name("out"),
                Step::Key(Key::Number(0)),
                name("x")
            ]
        );
        assert_eq!(steps("aws_subnet.a.0.id").unwrap()[2], Step::Key(Key::Number(0)));
    }

    #[test]
    fn an_instance_has_a_key_or_none() {
        let text = |text: &str| Some(Key::Text(text.into()));
        assert_eq!(own_key("aws_subnet.private[10]"), Some(Key::Number(10)));
        assert_eq!(own_key("aws_subnet.private.1"), Some(Key::Number(1)));
        assert_eq!(own_key(r#"data.aws_ami.x["a.b[1]\"c"]"#), text("a.b[1]\"c"));
        for none in [
            "aws_subnet.private",
            "data.aws_ami.x",
            "aws_subnet.private[",
            "aws_subnet.private[x]",
        ] {
            assert_eq!(own_key(none), None, "{none}");
        }
    }

    #[test]
    fn a_key_may_hold_quotes_dots_brackets_and_template_marks() {
        assert_eq!(
            steps(r#"aws_s3_bucket.x["a\"].b[0]"].id"#).unwrap()[2],
            key("a\"].b[0]")
        );
        assert_eq!(steps(r#"aws_s3_bucket.x["$${a}\u00e9"]"#).unwrap()[2], key("${a}é"));
    }

    #[test]
    fn a_key_is_written_as_it_was_read() {
        for text in [r#"["a\"b\\c"]"#, r#"["$${a}"]"#, "[3]"] {
            let steps = steps(&format!("x.y{text}")).unwrap();
            assert_eq!(attribute(&steps[2..]), text);
        }
    }

    #[test]
    fn what_is_no_traversal_is_refused() {
        for text in ["a..b", "a[", "a[\"b", "a[\"b\"", "[x]", ".a"] {
            assert_eq!(steps(text), None, "{text}");
        }
    }

    #[test]
    fn the_modules_of_an_address_keep_their_keys() {
        let calls = module_calls(r#"module.a["k"].module.b"#).unwrap();
        assert_eq!(calls, [("a".into(), Some(Key::Text("k".into()))), ("b".into(), None)]);
    }

    #[test]
    fn an_address_is_split_behind_its_last_module() {
        assert_eq!(split_module("aws_vpc.a"), (None, "aws_vpc.a"));
        assert_eq!(
            split_module(r#"module.a["x.y\"]."].module.b.aws_vpc.c["module.d"]"#),
            (Some(r#"module.a["x.y\"]."].module.b"#), r#"aws_vpc.c["module.d"]"#)
        );
    }
}
