//! The texts that a policy is changed into.

use std::collections::BTreeSet;

use super::edit::{Change, Edit};
use super::walk;
use crate::engine::{self, EngineError};
use crate::pack::Source;

/// A policy's text with one change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Where the change is, from 1.
    pub line: usize,
    /// What it does.
    pub change: Change,
    /// The line as it was; a part that goes on over more of them ends in `...`.
    pub old: String,
    /// The same with the change; empty where nothing takes its place.
    pub new: String,
    /// All of the changed text.
    pub text: String,
}

/// Every text that a policy is one change away from, in the order of their places.
///
/// What only reaches the words of a finding is left as it is: another message is no other verdict. What decides whether
/// there are any words is not, since a finding without is none. Texts with blanks are taken for words wherever they are.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the policy does not parse.
pub fn mutants(policy: &Source) -> Result<Vec<Mutant>, EngineError> {
    let tree = engine::tree(policy)?;
    let mut seen = BTreeSet::new();
    Ok(walk::edits(&tree, &policy.text)
        .iter()
        .filter_map(|edit| mutant(&policy.text, edit))
        .filter(|mutant| seen.insert(mutant.text.clone()))
        .collect())
}

fn mutant(text: &str, edit: &Edit) -> Option<Mutant> {
    let changed = edit.apply(text)?;
    let from = text[..edit.start].rfind('\n').map_or(0, |at| at + 1);
    let after = |text: &str, at: usize| text[at..].find('\n').map_or(text.len(), |length| at + length);
    let old = text.get(from..after(text, edit.end))?;
    let new = changed.get(from..after(&changed, edit.start + edit.new.len()))?;
    Some(Mutant {
        line: 1 + text[..edit.start].matches('\n').count(),
        change: edit.change,
        old: first_line(old),
        new: first_line(new),
        text: changed,
    })
}

fn first_line(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default().trim_end();
    match lines.next() {
        Some(_) => format!("{first} ..."),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changes of one rule, each as the line that it becomes.
    fn changed(rule: &str) -> Vec<String> {
        let text = format!("package a.b\n\nimport data.lib.tf\n\n{rule}\n");
        let source = Source {
            path: "b.rego".into(),
            text: text.into(),
        };
        let mutants = mutants(&source).unwrap_or_else(|error| panic!("{error}"));
        mutants.into_iter().map(|mutant| mutant.new).collect()
    }

    fn all(rule: &str, expected: &[&str]) {
        assert_eq!(changed(rule), expected, "{rule}");
    }

    #[test]
    fn conditions_are_left_out_and_negated() {
        all("p if is_string(x)", &["p if not is_string(x)", "p if true"]);
        all("p if not x.y", &["p if x.y", "p if true"]);
        all(
            "p if every x in y { x }",
            &["p if true", "p if every x in y { not x }", "p if every x in y { true }"],
        );
        all("p if {\n\tsome x in y\n\tx\n}", &["not x", "true"]);
        all(
            "p := [x | some x in y; x.z]",
            &["p := [x | some x in y; not x.z]", "p := [x | some x in y; true]"],
        );
    }

    #[test]
    fn comparisons_become_their_opposites_and_differ_at_the_bound() {
        all("p if x == y", &["p if true", "p if x != y"]);
        all("p if x == \"y\"", &["p if true", "p if x != \"y\"", "p if x == \"y~\""]);
        all(
            "p if \"x\" in y",
            &["p if not \"x\" in y", "p if true", "p if \"x~\" in y"],
        );
        all("p if x < y", &["p if true", "p if x <= y", "p if x >= y"]);
        all("p if x > 7", &["p if true", "p if x <= 7", "p if x > 6", "p if x > 8"]);
        all("p := count(x) >= 0", &["p := count(x) < 0", "p := count(x) >= 1"]);
    }

    #[test]
    fn constants_become_others() {
        all(
            "p := tf.get(x, \"a\", true)",
            &["p := tf.get(x, \"a~\", true)", "p := tf.get(x, \"a\", false)"],
        );
        all("p := x[\"a\"][1]", &["p := x[\"a\"][0]", "p := x[\"a\"][2]"]);
        all("f(\"a\") := 0", &["f(\"a~\") := 0", "f(\"a\") := 1"]);
        all("default p := false", &["default p := true"]);
        all("p := \"for people\"", &[]);
        all("p := \"\"", &[]);
    }

    #[test]
    fn what_is_only_asked_whether_it_is_known_may_be_any_constant() {
        all("p := tf.cause(tf.get(x, y, true))", &[]);
        all(
            "p := tf.is_known(tf.get(x, \"a\", 1))",
            &["p := tf.is_known(tf.get(x, \"a~\", 1))"],
        );
        all("p := f(tf.get(x, y, true))", &["p := f(tf.get(x, y, false))"]);
    }

    #[test]
    fn elements_are_left_out_of_lists_tables_and_joins() {
        all("p := {1, 2}", &["p := {2}", "p := {1}"]);
        all("p := {1}", &["p := set()"]);
        all("p := [\"a\"]", &["p := []"]);
        all(
            "p := {\"a\": 1, \"b\": x}",
            &["p := {\"a\": 0, \"b\": x}", "p := {\"a\": 2, \"b\": x}"],
        );
        all(
            "p := {\"a\": \"b\", \"c\": \"d e\"}",
            &[
                "p := {\"c\": \"d e\"}",
                "p := {\"a\": \"b~\", \"c\": \"d e\"}",
                "p := {\"a\": \"b\"}",
            ],
        );
        all("p := array.concat(x, y)", &["p := x", "p := y"]);
        all("p := x | y", &["p := x", "p := y", "p := x & y"]);
    }

    #[test]
    fn calls_become_less_strict() {
        all("p := startswith(x, y)", &["p := contains(x, y)"]);
        all("p := max(x)", &["p := min(x)"]);
        all("p := lower(x)", &["p := x"]);
    }

    #[test]
    fn clauses_are_left_out_where_others_are_left() {
        all(
            "p if x\n\np if y",
            &["", "p if not x", "p if true", "", "p if not y", "p if true"],
        );
        all(
            "f(x) := y if x.y\n\nelse := z",
            &[
                "f(x) := y if not x.y",
                "f(x) := y if true",
                "f(x) := y if { false; x.y }",
                "",
            ],
        );
    }

    #[test]
    fn words_of_a_finding_are_left_as_they_are() {
        let rule = |details: &str| {
            format!(
                "deny contains tf.finding_with(x, word(x), details) if {{\n\tx := y\n\tdetails := {{{details}}}\n}}"
            )
        };
        let word = "\n\nword(x) := \"a\" if x.y == 1\n\nelse := concat(\",\", [name])\n\nname := \"b\"";
        all(&(rule("\"attribute\": \"c\", \"expected\": [1, 2]") + word), &["", ""]);
        // The key is no word: a finding is known by it.
        assert!(changed(&rule("\"key\": \"c\"")).contains(&"details := {\"key\": \"c~\"}".to_owned()));
        // Nor is what decides too.
        assert!(
            changed("deny contains tf.finding(x, name) if {\n\tx == name\n}\n\nname := \"b\"")
                .contains(&"name := \"b~\"".to_owned())
        );
    }

    #[test]
    fn what_decides_whether_there_are_words_is_changed() {
        let rule = "deny contains tf.finding(x, word(x)) if some x in y\n\n";
        all(
            &(rule.to_owned() + "word(x) := \"a\" if x.y\n\nelse := \"b\" if x.z"),
            &[
                "",
                "word(x) := \"a\" if not x.y",
                "word(x) := \"a\" if true",
                "word(x) := \"a\" if { false; x.y }",
                "",
                "else := \"b\" if not x.z",
                "else := \"b\" if true",
            ],
        );
    }

    #[test]
    fn a_mutant_shows_its_place_and_the_lines_as_they_are_and_become() {
        let text = "package a.b\n\ndeny contains x if {\n\tsome x in y\n\tevery z in x {\n\t\tz == 1\n\t}\n}\n";
        let source = Source {
            path: "b.rego".into(),
            text: text.into(),
        };
        let mutants = mutants(&source).unwrap_or_else(|error| panic!("{error}"));
        let [clause, every, ..] = mutants.as_slice() else {
            panic!("{mutants:?}")
        };
        assert_eq!((clause.line, clause.change), (3, Change::DropClause));
        assert_eq!((&*clause.old, &*clause.new), ("deny contains x if { ...", ""));
        assert_eq!((every.line, every.change), (5, Change::DropCondition));
        assert_eq!((&*every.old, &*every.new), ("every z in x { ...", "true"));
        assert_eq!(
            every.text,
            "package a.b\n\ndeny contains x if {\n\tsome x in y\n\ttrue\n}\n"
        );
    }

    #[test]
    fn what_does_not_parse_is_refused() {
        let source = Source {
            path: "b.rego".into(),
            text: "package a.b\n\np if {".into(),
        };
        assert!(mutants(&source).is_err());
    }
}
