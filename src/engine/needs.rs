//! What of a plan policies can see, told from their text: types, the names of values, and other members of resources.
//!
//! A policy sees the types that it, its libraries, its facts and its parameters name. One that goes over all types, or
//! hands resources on whole, sees all: then nothing may be left out. The embedded policies choose types only among names
//! that stand in their text and facts, which a test proves on every fixture; of the user's, only the plainest form of
//! reading is taken for bounded.

mod vocabulary;

use crate::model::{Needs, Part, Value};
use crate::pack::{Library, Origin, Policy};

/// What these policies, with the libraries that they need and these parameters, can see.
pub(super) fn needs<'a>(policies: impl Iterator<Item = &'a Policy>, libraries: &[Library], params: &Value) -> Needs {
    let mut needs = Needs::default();
    // Once all types are seen, none has to be looked for; so first come those that most likely see them.
    let (of_all, others): (Vec<&Policy>, Vec<&Policy>) = policies.partition(|policy| super::sees_all(policy));
    let mut callers = Vec::new();
    for policy in of_all.into_iter().chain(others) {
        callers.push(read(&mut needs, &policy.text, policy.origin == Origin::Embedded));
        needs.add(policy.examines.iter().flat_map(|subject| words(subject)));
        policy.data.iter().for_each(|facts| name(&mut needs, facts));
    }
    let is_vocabulary = |library: &&Library| &*library.package == vocabulary::PACKAGE;
    for library in libraries.iter().filter(|library| !is_vocabulary(library)) {
        callers.push(read(&mut needs, &library.text, library.origin == Origin::Embedded));
        library.data.iter().for_each(|facts| name(&mut needs, facts));
    }
    if let Some(library) = libraries.iter().find(is_vocabulary) {
        if library.origin != Origin::Embedded {
            return Needs::all();
        }
        let called = vocabulary::called(&library.text, callers.iter().map(String::as_str));
        let code = read(&mut needs, &called, true);
        needs.add_values(words(&code));
    }
    name(&mut needs, params);
    needs
}

/// Adds what a file can see; gives its code.
fn read(needs: &mut Needs, text: &str, is_embedded: bool) -> String {
    let code = code(text);
    let named = || words(&code);
    if is_embedded {
        if !needs.has_all() {
            needs.add_whole(named());
            if !is_bounded(&code, true) {
                needs.add_all();
            }
        }
    } else if text.contains("\\u") || !is_bounded(&code, false) || !is_plain(&code) {
        // An escape can spell any name.
        *needs = Needs::all();
    } else if names_values(&code) {
        needs.add(named());
        needs.add_values(named());
    } else {
        needs.add_whole(named());
    }
    needs.add_parts(members(&code).filter_map(Part::of));
    code
}

/// Takes all that stands in a value for types and for names of values.
fn name(needs: &mut Needs, value: &Value) {
    let add = |needs: &mut Needs, text: &str| {
        needs.add_whole(words(text));
        needs.add_values(words(text));
    };
    match value {
        Value::String(text) => add(needs, text),
        Value::Array(elements) => elements.iter().for_each(|element| name(needs, element)),
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            add(needs, key);
            name(needs, member);
        }),
        _ => {}
    }
}

/// The members of `input` that hold resources by type.
const BY_TYPE: [&str; 3] = ["resources", "data", "removed"];

/// What `lib.tf` makes of a reference's mode; its callers choose a type in it.
const SECTIONS: [&str; 2] = [
    "section(\"managed\") := input.resources",
    "section(\"data\") := input.data",
];

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_word(letter)).filter(|word| !word.is_empty())
}

/// The words that stand where the name of a member does: `resource.config`, `"config"`.
fn members(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices(['.', '"', '`'])
        .map(|(at, _)| word(&code[at + 1..]).0)
}

/// The word that a text begins with, and what follows.
fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|letter| !is_word(letter)).unwrap_or(text.len()))
}

/// A file of Rego without its comments, and without the texts in it that have a blank: these name nothing.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut quote = None;
    let mut opened = 0;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '#') => {
                letters.by_ref().find(|letter| *letter == '\n');
                code.push('\n');
                continue;
            }
            (None, '"' | '`') => {
                quote = Some(letter);
                opened = code.len() + 1;
            }
            (Some('"'), '\\') => {
                code.push(letter);
                code.extend(letters.next());
                continue;
            }
            (Some(open), close) if open == close => {
                quote = None;
                if code[opened..].contains(char::is_whitespace) {
                    code.truncate(opened);
                }
            }
            _ => {}
        }
        code.push(letter);
    }
    code
}

/// The places of a word, with what stands before it and behind it.
fn places<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
    code.match_indices(name).filter_map(move |(at, _)| {
        let (before, behind) = (&code[..at], &code[at + name.len()..]);
        let is_whole = !before.ends_with(|last| is_word(last) || last == '.') && !behind.starts_with(is_word);
        is_whole.then_some((before, behind))
    })
}

/// How a member of what holds resources by type, or referrers, is chosen.
#[derive(PartialEq)]
enum Chosen {
    /// By a name in the text.
    Named,
    /// By a variable.
    Computed,
    /// All of them are.
    All,
}

fn chosen(before: &str, rest: &str) -> Chosen {
    let is_name = |rest: &str| rest.starts_with(|first: char| first.is_alphabetic());
    if rest.strip_prefix('.').is_some_and(is_name) || rest.starts_with("[\"") {
        return Chosen::Named;
    }
    let key = match rest.strip_prefix('[') {
        Some(key) => key,
        None if before.ends_with("object.get(") => match rest.strip_prefix(", ") {
            Some(key) if key.starts_with('"') => return Chosen::Named,
            Some(key) => key,
            None => return Chosen::All,
        },
        None => return Chosen::All,
    };
    // What is a member of something else, such as `reference.type`, need not stand in any text.
    let (_, behind) = word(key);
    if is_name(key) && behind.starts_with([']', ',']) {
        Chosen::Computed
    } else {
        Chosen::All
    }
}

/// Whether all types that a file reads are named in it, or chosen by a variable where that `may_compute`.
fn is_bounded(code: &str, may_compute: bool) -> bool {
    let code = &SECTIONS
        .iter()
        .fold(code.to_owned(), |code, section| match may_compute {
            true => code.replace(section, ""),
            false => code,
        });
    let fits = |chosen: Chosen| chosen == Chosen::Named || (chosen == Chosen::Computed && may_compute);
    let is_read = |(before, rest): (&str, &str)| {
        if let Some((member, rest)) = rest.strip_prefix('.').map(word) {
            return !(BY_TYPE.contains(&member) || member == "unresolved") || fits(chosen(before, rest));
        }
        // object.get(input, ["removed", type], [])
        let Some((member, rest)) = rest.strip_prefix(", [\"").and_then(|rest| rest.split_once('"')) else {
            return false;
        };
        let key = rest.strip_prefix(", ").unwrap_or_default();
        !(BY_TYPE.contains(&member) || member == "unresolved")
            || key.starts_with('"')
            || (may_compute && !key.is_empty())
    };
    // bucket.referrers.aws_s3_bucket_policy, object.get(bucket, ["referrers", type], [])
    let is_referrer = |(at, name): (usize, &str)| {
        let rest = &code[at + name.len()..];
        match name.strip_prefix('"') {
            Some(_) => {
                let key = rest.strip_prefix(", ").unwrap_or_default();
                key.starts_with('"') || (may_compute && key.starts_with(char::is_alphabetic))
            }
            None => fits(chosen("", rest)),
        }
    };
    // tf.section(reference.mode)[type]
    let is_section = |(at, name): (usize, &str)| {
        let behind = code[at + name.len()..].split_once(')');
        behind.is_some_and(|(_, rest)| may_compute && chosen("", rest) != Chosen::All)
    };
    places(code, "input").all(is_read)
        && code.match_indices("section(").all(is_section)
        && code.match_indices(".referrers").all(is_referrer)
        && code.match_indices("\"referrers\"").all(is_referrer)
}

/// Whether a policy takes resources one by one, by `some x in input.resources.TYPE`, and shows none of them whole.
fn is_plain(code: &str) -> bool {
    let sees_all = |word: &str| ["section", "walk", "with"].contains(&word);
    if words(code).any(sees_all) || places(code, "data").any(|(_, rest)| is_foreign(rest)) {
        return false;
    }
    let Some(mut names) = vocabulary::given(code) else {
        return false;
    };
    for (before, rest) in places(code, "input") {
        let Some((member, rest)) = rest.strip_prefix('.').map(word) else {
            return false;
        };
        if !BY_TYPE.contains(&member) {
            continue;
        }
        if !is_a_type(rest) {
            return false;
        }
        let Some(name) = before
            .strip_suffix(" in ")
            .map(|before| &before[before.trim_end_matches(is_word).len()..])
        else {
            return false;
        };
        names.push(name);
    }
    names
        .iter()
        .all(|name| !name.is_empty() && places(code, name).all(is_shown_in_part))
}

/// Whether what follows `input.resources` is a type, and no more than that.
fn is_a_type(rest: &str) -> bool {
    let behind = match rest.strip_prefix("[\"") {
        Some(key) => key.split_once("\"]").map(|(_, behind)| behind),
        None => rest.strip_prefix('.').map(|name| word(name).1),
    };
    behind.is_some_and(|behind| !behind.trim_start_matches([' ', '\t']).starts_with(['.', '[']))
}

/// Whether a policy takes each value of a resource by a name that stands in its text: `r.values.name` or
/// `r.values["name"]`. A variable in the name's place may stand for any.
fn names_values(code: &str) -> bool {
    let is_named = |(at, member): (usize, &str)| {
        let rest = &code[at + member.len()..];
        let name = rest.strip_prefix('.').map(word);
        let key = rest
            .strip_prefix("[\"")
            .map(word)
            .filter(|(_, rest)| rest.starts_with('"'));
        rest.starts_with(is_word) || name.or(key).is_some_and(|(name, _)| !name.is_empty())
    };
    let whole = [".before", "\"before\"", "\"values\""];
    !whole.iter().any(|part| code.contains(part)) && code.match_indices(".values").all(is_named)
}

/// Whether what follows `data` may be of a library other than `lib.tf`.
fn is_foreign(rest: &str) -> bool {
    match rest.strip_prefix('.').map(word) {
        Some(("lib", rest)) => rest.strip_prefix('.').is_none_or(|rest| word(rest).0 != "tf"),
        Some((name, _)) => name.is_empty(),
        None => true,
    }
}

/// Whether a resource's variable stands at its declaration, before one of its members, or in a function of `lib.tf`.
fn is_shown_in_part((before, rest): (&str, &str)) -> bool {
    if let Some((member, _)) = rest.strip_prefix('.').map(word) {
        return !member.is_empty();
    }
    if before.ends_with("some ") {
        return [" in input.", " in tf.attached(", " in data.lib.tf.attached("]
            .iter()
            .any(|of| rest.starts_with(of));
    }
    if before.ends_with('"') && rest.starts_with('"') {
        // It is a text: the name of an argument, as it is of the variable.
        return true;
    }
    vocabulary::takes(before, rest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn needs(body: &str, is_embedded: bool) -> Needs {
        let mut needs = Needs::default();
        let text = format!("# METADATA, of input.resources\npackage a.b\n\n{body}\n");
        read(&mut needs, &text, is_embedded);
        needs
    }

    #[test]
    fn a_policy_asks_for_the_types_that_it_names() {
        let needs = needs(
            "deny contains tf.finding(x, \"m\") if {\n\tsome x in input.resources.aws_vpc\n\tx.values.y\n}",
            false,
        );
        assert!(needs.has("aws_vpc") && !needs.has("aws_subnet") && !needs.has_part(Part::Before));
    }

    #[test]
    fn whoever_goes_over_all_types_asks_for_all() {
        for body in [
            "x if some type, _ in input.resources",
            "x := input.resources",
            "x := input",
            "x := input.resources[_]",
            "x := count(object.keys(input.removed))",
            "x if some type, of in object.get(y, \"referrers\", {})",
            "x := y.referrers",
            "x if walk(input, [p, v])",
            "x := input.resources[reference.type]",
            "x := tf.section(reference.mode)[reference.type][reference.position]",
        ] {
            assert!(needs(body, true).has("aws_subnet"), "{body}");
        }
        for body in [
            "x if some y in object.get(input.resources, \"aws_vpc\", [])",
            "x if { some type in [\"aws_vpc\"]; some y in input.resources[type] }",
            "x := object.get(input, [\"removed\", type], [])",
            "x := object.get(y, [\"referrers\", type], [])",
            "x := y.referrers.aws_vpc",
            "x := tf.section(reference.mode)[type][reference.position]",
        ] {
            assert!(!needs(body, true).has("aws_subnet"), "{body}");
        }
    }

    #[test]
    fn of_the_users_policies_those_that_show_a_resource_whole_ask_for_all() {
        let with = |rest: &str| {
            needs(
                &format!("x contains y if {{\n\tsome r in input.resources.aws_vpc\n\t{rest}\n}}"),
                false,
            )
        };
        for rest in [
            "y := r",
            "y := {\"found\": r}",
            "f(r)",
            "y := tf.attached(r, type, \"x\")",
            "y := r.referrers[type]",
            "y := tf.finding(r, \"m\") with tf.finding as mine",
            "y := my_tf.finding(r, \"m\")",
            "y := data.acme.tf.finding(r, \"m\")",
            "some all in tf.section (\"managed\")",
            "some all in tf[\"section\"](\"managed\")",
            "some y in data.lib[\"documents\"].all",
            "some y in data[\"lib\"].documents.all",
            "some v in tf.attached(r, \"aws_subnets\", \"x\")\n\tsome _, y in v",
            "some v in tf.attached(r, \"aws_subnets\", \"x\")\n\ty := json.marshal(v)",
            "some v in tf.attached(r, \"aws_subnets\", \"x\")\n\tsome y in tf.targets(v, \"z\", type)",
        ] {
            assert!(with(rest).has("aws_subnet"), "{rest}");
        }
        for rest in [
            "y := \"it is r of input.data\"",
            "y := r.address",
            "y := tf.get(r, \"x\", null)",
            "count(tf.attached(r, \"aws_subnets\", \"x\")) > 0",
            "some v in tf.attached(r, \"aws_subnets\", \"x\")\n\ty := v.address",
        ] {
            assert!(!with(rest).has("aws_subnet"), "{rest}");
        }
        for body in [
            "x := input.resources.aws_vpc",
            "some r in input.resources[type]",
            "x contains p.id if some p in input.resources.aws_vpc[_]",
            "x contains p.id if some p in input.resources[\"aws_vpc\"][0]",
            "x contains p.id if some p in input.resources.aws_vpc[0].values",
            "import data.lib.lb",
        ] {
            assert!(needs(body, false).has("aws_subnet"), "{body}");
        }
    }

    #[test]
    fn values_that_a_policy_does_not_name_are_not_asked_for() {
        let with = |rest: &str| {
            needs(
                &format!("x if {{\n\tsome r in input.resources.aws_vpc\n\t{rest}\n}}"),
                false,
            )
        };
        for rest in ["r.values.cidr", "r.values[\"cidr\"].x"] {
            let needs = with(rest);
            assert!(
                !needs.is_whole("aws_vpc") && needs.has_value("cidr") && !needs.has_value("tags"),
                "{rest}"
            );
        }
        for rest in [
            "r.values[_] == null",
            "r.values[key] == null",
            "r.values[\"a-b\"] == null",
            "some key in input.variables; r.values[key] == null",
            "some key in [k | some k in names]; r.values[key] == null",
            "some key in [\"cidr\"]; r.values[key] == null",
            "f(r.values)",
            "some key, value in r.values",
            "count(r.values) > 1",
            "r.before.cidr == r.values.cidr",
            "tf.get(r, \"values\", null)",
        ] {
            assert!(with(rest).is_whole("aws_vpc"), "{rest}");
        }
    }

    #[test]
    fn parts_of_resources_are_asked_for_by_their_names() {
        for part in Part::ALL {
            let name = part.name();
            for body in [
                format!("some r in input.resources.aws_vpc; r.{name}"),
                format!("f(\"{name}\")"),
            ] {
                let needs = needs(&format!("x if {{ {body} }}"), true);
                let others = Part::ALL.iter().filter(|other| needs.has_part(**other));
                // `provider_config` begins with `provider`.
                let others = others.filter(|other| !body.contains(&format!(".{}", other.name())) || *other == part);
                assert_eq!(others.collect::<Vec<_>>(), [part], "{body}");
            }
            assert!(needs("x := input", false).has_part(*part), "it is shown whole");
        }
    }

    #[test]
    fn what_the_vocabulary_shows_goes_by_what_is_called() {
        let pack = crate::pack::Pack::embedded().unwrap();
        let kept = |rest: &str| {
            let body = format!("x if {{\n\tsome r in input.resources.aws_vpc\n\t{rest}\n}}");
            let policy = Policy {
                text: format!("package a.b\n\nimport data.lib.tf\n\n{body}\n").into(),
                origin: Origin::Folder,
                examines: vec!["aws_vpc".to_owned()],
                ..pack.policies[0].clone()
            };
            let libraries = crate::engine::needed_by(&policy, &pack.libraries);
            let needs = super::needs([policy].iter(), &libraries, &Value::default());
            (needs.kept().is_some(), needs.is_whole("aws_vpc"))
        };
        for rest in [
            "tf.get(r, \"cidr\", null)",
            "tf.blocks(r, \"ingress\")",
            "tf.is_unknown(r.values.cidr)",
            "tf.get(r, \"r\", null)",
        ] {
            assert_eq!(kept(rest), (true, false), "{rest}");
        }
        for rest in ["tf.references(r, \"cidr\")", "tf.lacks(r, \"aws_subnet\", \"vpc_id\")"] {
            assert!(!kept(rest).0, "{rest}");
        }
    }

    #[test]
    fn escapes_may_spell_any_name() {
        for body in [
            r#"x if some r in input.resources["aws\u005fvpc"]"#,
            r#"x if { some r in input.resources.aws_vpc; r.name == "\u0061" }"#,
        ] {
            assert!(needs(body, false).has("aws_subnet"), "{body}");
        }
    }
}
