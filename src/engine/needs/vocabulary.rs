//! What policies see through the functions of `lib.tf`: no more than the functions that they call.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_word, word, words};

/// The library's package, and its name where it is imported.
pub(super) const PACKAGE: &str = "lib.tf";
const NAME: &str = "tf";

/// Functions that show of a resource what is theirs to show, those that also take the way to an argument, and those that
/// also take a type.
const TAKERS: [&str; 5] = ["finding", "finding_with", "references", "may_refer", "candidates"];
const TAKERS_OF_ARGUMENT: [&str; 3] = ["get", "blocks", "is_left_out"];
const TAKERS_OF_TYPE: [&str; 5] = [
    "attached",
    "lacks",
    "may_be_attached",
    "may_yet_be_attached",
    "referrers",
];

/// What takes values of resources, or takes nothing.
const OF_VALUES: [&str; 13] = [
    "cause",
    "causes",
    "elements",
    "gaps",
    "is_false",
    "is_known",
    "is_sensitive",
    "is_true",
    "is_unknown",
    "is_unset",
    "known",
    "mentions",
    "plan",
];

/// The rules of the library that these files call, and those that these rules call; all where that cannot be told.
pub(super) fn called<'t>(library: &'t str, callers: impl Iterator<Item = &'t str>) -> String {
    let rules = rules(library);
    let mut open: Vec<&str> = Vec::new();
    for caller in callers {
        match names(caller) {
            Some(names) => open.extend(names),
            None => return library.to_owned(),
        }
    }
    let mut called = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let (Some(texts), true) = (rules.get(name), called.insert(name)) {
            open.extend(texts.iter().flat_map(|text| words(text)));
        }
    }
    let texts = called.iter().filter_map(|name| rules.get(name)).flatten();
    texts.copied().collect()
}

/// The definitions of a file, by their rule's name.
fn rules(library: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut rules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut definition: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in library.split_inclusive('\n') {
        let (name, _) = word(line.strip_prefix("default ").unwrap_or(line));
        if !["", "else", "import", "package"].contains(&name)
            && let Some((name, begin)) = definition.replace((name, at))
        {
            rules.entry(name).or_default().push(&library[begin..at]);
        }
        at += line.len();
    }
    if let Some((name, begin)) = definition {
        rules.entry(name).or_default().push(&library[begin..]);
    }
    rules
}

/// The members of the library that a file names; none where it may name it otherwise than by `tf.member`.
fn names(caller: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for (at, _) in caller.match_indices(NAME) {
        let (before, rest) = (&caller[..at], &caller[at + NAME.len()..]);
        if before.ends_with(is_word) || rest.starts_with(is_word) {
            continue;
        }
        match rest.strip_prefix('.').map(word) {
            Some((name, _)) if !name.is_empty() => names.push(name),
            _ if before.ends_with("import data.lib.") && rest.starts_with(['\r', '\n']) => {}
            _ => return None,
        }
    }
    Some(names)
}

/// The variables that stand for resources which the library's functions give; none where a file calls it otherwise than by
/// functions that show of a resource what is theirs to show, asks for a type that does not stand in its text, or has such a
/// resource otherwise than by a variable.
pub(super) fn given(code: &str) -> Option<Vec<&str>> {
    // That it is named in the plain form.
    names(code)?;
    let mut given = Vec::new();
    for (at, _) in code.match_indices("tf.") {
        let (before, (name, rest)) = (&code[..at], word(&code[at + "tf.".len()..]));
        if before.ends_with(is_word) {
            continue;
        }
        let before = ours(&code[..at + "tf.".len()])?;
        if [&TAKERS[..], &TAKERS_OF_ARGUMENT, &OF_VALUES]
            .iter()
            .any(|known| known.contains(&name))
        {
            continue;
        }
        let is_text = |argument: &str| argument.starts_with('"');
        if !TAKERS_OF_TYPE.contains(&name) || !rest.strip_prefix('(').and_then(second).is_some_and(is_text) {
            return None;
        }
        if name == "attached" && !before.ends_with("count(") {
            let before = before.strip_suffix(" in ")?;
            let start = before.trim_end_matches(is_word);
            let variable = &before[start.len()..];
            if variable.is_empty() || !start.ends_with("some ") {
                return None;
            }
            given.push(variable);
        }
    }
    Some(given)
}

/// The second argument of a call, and what follows.
fn second(arguments: &str) -> Option<&str> {
    let (mut depth, mut in_text) = (0, false);
    for (at, letter) in arguments.char_indices() {
        match letter {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return None,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return Some(arguments[at + 1..].trim_start()),
            _ => {}
        }
    }
    None
}

/// What stands before the library, where a name of its own follows: `tf.` or `data.lib.tf.`.
fn ours(before: &str) -> Option<&str> {
    let before = before.strip_suffix("tf.")?;
    let before = before.strip_suffix("data.lib.").unwrap_or(before);
    (!before.ends_with(|last| is_word(last) || last == '.')).then_some(before)
}

/// Whether the resource that stands here is handed to a function that shows no more of it than is its to show.
pub(super) fn takes(before: &str, rest: &str) -> bool {
    let Some(call) = before.strip_suffix('(') else {
        return false;
    };
    let start = call.trim_end_matches(is_word);
    let name = &call[start.len()..];
    ours(start).is_some()
        && (TAKERS.contains(&name)
            || (TAKERS_OF_ARGUMENT.contains(&name) && rest.strip_prefix(", ").is_some_and(is_named))
            || (TAKERS_OF_TYPE.contains(&name) && rest.starts_with(", \"")))
}

/// Whether the way to an argument stands in the text: `"name"`, or `["name", 0, "name"]`.
fn is_named(way: &str) -> bool {
    let is_end = |rest: &str| rest.starts_with([',', ')']);
    let text = |way: &str| {
        let parts = way.strip_prefix('"').and_then(|text| text.split_once('"'));
        // What is no word is not found among the words of the text.
        parts.is_some_and(|(name, rest)| name.chars().all(is_word) && is_end(rest))
    };
    match way.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((steps, rest)) => text(&format!("{steps},")) && is_end(rest),
        None => text(way),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBRARY: &str =
        "package lib.tf\n\na(x) := b(x) if {\n\tx.y\n}\n\nelse := x.z\n\nb(x) := x.v\n\nb(x) := x.w\n\nc := 1\n";

    #[test]
    fn what_is_called_is_taken_with_what_that_calls() {
        let called = |caller: &str| called(LIBRARY, [caller].into_iter());
        assert_eq!(called("import data.lib.tf\n\nx := tf.c"), "c := 1\n");
        assert_eq!(called("x := data.lib.tf.b(1)"), "b(x) := x.v\n\nb(x) := x.w\n\n");
        let both = called("import data.lib.tf\nx := tf.a(1)");
        assert!(both.contains("x.z") && both.contains("x.w") && !both.contains("c :="));
        assert_eq!(called("x := 1"), "");
        for caller in [
            "import data.lib.tf as t\nx := t.c",
            "x := data.lib[\"tf\"].c",
            "x := data.lib.tf[name]",
            "x := data.lib.tf",
        ] {
            assert_eq!(called(caller), LIBRARY, "{caller}");
        }
    }

    #[test]
    fn a_resource_is_taken_by_functions_that_show_a_part_of_it() {
        for (before, rest) in [
            ("tf.finding(", ", \"m\")"),
            ("tf.get(", ", \"acl\", null)"),
            ("data.lib.tf.blocks(", ", \"rule\")"),
            ("tf.get(", ", [\"rule\", 0, name], null)"),
            ("tf.lacks(", ", \"aws_s3_bucket_policy\", \"bucket\")"),
        ] {
            assert!(takes(before, rest), "{before}r{rest}");
        }
        for (before, rest) in [
            ("", ".values"),
            ("f(", ", \"m\")"),
            ("tf.get(", ", name, null)"),
            ("tf.get(", ", concat(\"_\", [\"a\", \"b\"]), null)"),
            ("tf.get(", ", [name, 0], null)"),
            ("tf.get(", ", [\"tags\", name][1], null)"),
            ("tf.get(", ", \"a\" | name, null)"),
            ("tf.get(", ", \"x-y\", null)"),
            ("tf.get(", ", [\"a.b\", 0], null)"),
            ("my_tf.get(", ", \"acl\", null)"),
            ("data.acme.tf.finding(", ", \"m\")"),
            ("tf.lacks(", ", type, \"bucket\")"),
        ] {
            assert!(!takes(before, rest), "{before}r{rest}");
        }
    }

    #[test]
    fn what_is_attached_is_a_resource_too() {
        assert_eq!(given("x if some v in tf.attached(r, \"a_b\", \"c\")"), Some(vec!["v"]));
        assert_eq!(
            given("x if count(data.lib.tf.attached(r, \"a_b\", \"c\")) > 0"),
            Some(vec![])
        );
        assert_eq!(
            given("x if tf.may_be_attached(f(\"a\", [1, 2]), \"a_b\", \"c\")"),
            Some(vec![])
        );
        assert_eq!(
            given("import data.lib.tf\n\nx if tf.is_known(tf.get(r, \"c\", 1))"),
            Some(vec![])
        );
        for code in [
            "x := tf.attached(r, \"a_b\", \"c\")",
            "x := tf.attached(r, \"a_b\", \"c\")[0]",
            "x if some [v, w] in tf.attached(r, \"a_b\", \"c\")",
            "x if some i, v in tf.attached(r, \"a_b\", \"c\")",
            "x := tf[\"attached\"](r, \"a_b\", \"c\")",
            "x if some v in tf.attached(r, type, \"c\")",
            "x if count(tf.attached(r, reference.type, \"c\")) > 0",
            "x if tf.lacks(f(\"a\", [1, 2]), concat(\"_\", [\"a\", \"b\"]), \"c\")",
            "x if some v in tf.targets(r, \"c\", \"a_b\")",
            "x := tf.own_blocks(r, \"c\", \"a_b\")",
            "x := my.tf.get(r, \"c\", 1)",
        ] {
            assert_eq!(given(code), None, "{code}");
        }
    }
}
