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

/// The variables that stand for what the library's functions give, where these are resources; none where they are given
/// otherwise than to a variable or to be counted.
pub(super) fn given(code: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("attached") {
        let (before, rest) = (&code[..at], &code[at + "attached".len()..]);
        if before.ends_with(is_word) || rest.starts_with(is_word) {
            continue;
        }
        let before = ours(before)?;
        if before.ends_with("count(") && rest.starts_with('(') {
            continue;
        }
        let before = before.strip_suffix(" in ")?;
        let start = before.trim_end_matches(is_word);
        let name = &before[start.len()..];
        if name.is_empty() || !start.ends_with("some ") || !rest.starts_with('(') {
            return None;
        }
        names.push(name);
    }
    Some(names)
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
        way.strip_prefix('"')
            .and_then(|text| text.split_once('"'))
            .is_some_and(|(_, rest)| is_end(rest))
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
        assert_eq!(given("x if tf.may_be_attached(r, \"a_b\", \"c\")"), Some(vec![]));
        for code in [
            "x := tf.attached(r, \"a_b\", \"c\")",
            "x := tf.attached(r, \"a_b\", \"c\")[0]",
            "x if some [v, w] in tf.attached(r, \"a_b\", \"c\")",
            "x if some i, v in my.attached(r, \"a_b\", \"c\")",
            "x := tf[\"attached\"](r, \"a_b\", \"c\")",
        ] {
            assert_eq!(given(code), None, "{code}");
        }
    }
}
