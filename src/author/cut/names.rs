//! The names in addresses and references, and the ones that they are given.

use std::collections::{BTreeMap, BTreeSet};

/// What a name is of; each kind is counted by itself.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    Resource,
    Module,
    Variable,
    Local,
    Output,
    Key,
    Provider,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Kind::Resource => "other",
            Kind::Module => "module",
            Kind::Variable => "variable",
            Kind::Local => "local",
            Kind::Output => "output",
            Kind::Key => "key",
            Kind::Provider => "provider",
        }
    }
}

/// The names of a plan and those that are given for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The types of resources: what follows one is a name.
    pub(super) types: BTreeSet<String>,
    given: BTreeMap<(Kind, String), String>,
    /// How many begin with each word.
    counts: BTreeMap<String, usize>,
}

/// A part of an address.
enum Part<'t> {
    Word(&'t str),
    /// What stands in brackets, without quotes.
    Text(&'t str),
    /// Brackets with a number.
    Number(&'t str),
}

impl Names {
    /// The name that is given for one.
    pub(super) fn name(&mut self, kind: Kind, name: &str) -> String {
        self.name_as(kind, name, kind.prefix())
    }

    /// The name for one, which begins with that word unless it was given before.
    pub(super) fn name_as(&mut self, kind: Kind, name: &str, word: &str) -> String {
        let id = (kind, name.to_owned());
        if let Some(given) = self.given.get(&id) {
            return given.clone();
        }
        let number = self.counts.entry(word.to_owned()).or_default();
        *number += 1;
        let given = format!("{word}_{number}");
        self.given.insert(id, given.clone());
        given
    }

    /// The name that was given for one, if any was.
    pub(super) fn given(&self, kind: Kind, name: &str) -> Option<&str> {
        self.given.get(&(kind, name.to_owned())).map(String::as_str)
    }

    /// All names that were given, with those that they are for.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = |name: &'_ String| name.rfind('.').map_or(0, |dot| dot + 1);
        self.given
            .iter()
            .map(move |((_, name), given)| (&name[own(name)..], &**given))
    }

    /// An address or a reference with other names: `module.net.aws_subnet.private["a"].id`.
    pub(super) fn path(&mut self, text: &str) -> String {
        self.path_as(text, Kind::Resource.prefix())
    }

    /// The same, in which the name of the resource, variable, output, module call or provider begins with that word.
    pub(super) fn path_as(&mut self, text: &str, word: &str) -> String {
        let parts = parts(text);
        let mut out = String::new();
        let mut at = 0;
        let mut is_past_name = false;
        // In a map, what follows is a key.
        let mut is_in_map = false;
        while at < parts.len() {
            match parts[at] {
                Part::Number(number) => out.push_str(&format!("[{number}]")),
                Part::Text(key) => out.push_str(&format!("[\"{}\"]", self.name(Kind::Key, key))),
                Part::Word(part) => {
                    if !out.is_empty() {
                        out.push('.');
                    }
                    let next = match parts.get(at + 1) {
                        Some(Part::Word(next)) => Some(*next),
                        _ => None,
                    };
                    let is_last = at + 2 >= parts.len();
                    let kind = match part {
                        "module" => Some(Kind::Module),
                        "var" => Some(Kind::Variable),
                        "local" => Some(Kind::Local),
                        "output" => Some(Kind::Output),
                        "provider" => Some(Kind::Provider),
                        _ if self.types.contains(part) => Some(Kind::Resource),
                        _ => None,
                    };
                    match (kind.filter(|_| !is_past_name), next) {
                        (Some(kind), Some(next)) => {
                            let word = match kind {
                                Kind::Resource => word,
                                // A module call that is judged itself, else the module of what is.
                                Kind::Module if !is_last || word == Kind::Resource.prefix() => kind.prefix(),
                                _ if word == Kind::Resource.prefix() => kind.prefix(),
                                _ => word,
                            };
                            let id = match kind {
                                // Resources of different types may have the same name, and be judged differently.
                                Kind::Resource => format!("{part}.{next}"),
                                _ => next.to_owned(),
                            };
                            out.push_str(&format!("{part}.{}", self.name_as(kind, &id, word)));
                            is_past_name = kind != Kind::Module;
                            is_in_map = matches!(kind, Kind::Variable | Kind::Local | Kind::Provider);
                            at += 1;
                        }
                        _ if part == "data" && !is_past_name => out.push_str(part),
                        _ if is_in_map => out.push_str(&self.name(Kind::Key, part)),
                        _ if out.starts_with("module.") && !is_past_name => {
                            out.push_str(&self.name(Kind::Output, part));
                            is_past_name = true;
                            is_in_map = true;
                        }
                        _ => {
                            out.push_str(part);
                            is_past_name = true;
                            is_in_map |= super::anonymous::is_map(part) || out == "each.value";
                        }
                    }
                }
            }
            at += 1;
        }
        out
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix("[\"") {
            let end = inner.find("\"]").unwrap_or(inner.len());
            parts.push(Part::Text(&inner[..end]));
            rest = inner.get(end + 2..).unwrap_or_default();
        } else if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']').unwrap_or(inner.len());
            let is_number = inner[..end].bytes().all(|byte| byte.is_ascii_digit());
            parts.push(if is_number {
                Part::Number(&inner[..end])
            } else {
                Part::Text(&inner[..end])
            });
            rest = inner.get(end + 1..).unwrap_or_default();
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end > 0 {
                parts.push(Part::Word(&rest[..end]));
            }
            rest = &rest[end..];
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_attributes_are_not() {
        let mut names = Names {
            types: ["aws_s3_bucket", "aws_iam_policy_document"].map(String::from).into(),
            ..Names::default()
        };
        for (path, expected) in [
            ("aws_s3_bucket.acme.id", "aws_s3_bucket.other_1.id"),
            ("aws_s3_bucket.acme[0]", "aws_s3_bucket.other_1[0]"),
            (
                "module.net[\"acme\"].aws_s3_bucket.x",
                "module.module_1[\"key_1\"].aws_s3_bucket.other_2",
            ),
            (
                "module.net.module.acme.bucket_name.acme",
                "module.module_1.module.module_2.output_1.key_1",
            ),
            (
                "data.aws_iam_policy_document.acme.json",
                "data.aws_iam_policy_document.other_3.json",
            ),
            ("var.acme.net", "var.variable_1.key_2"),
            ("local.acme", "local.local_1"),
            ("each.value.acme", "each.value.key_1"),
            ("count.index", "count.index"),
            ("aws_s3_bucket.acme.tags.acme", "aws_s3_bucket.other_1.tags.key_1"),
        ] {
            assert_eq!(names.path(path), expected);
        }
        assert_eq!(names.path_as("var.secret", "fail"), "var.fail_1");
        assert_eq!(
            names.path_as("module.m.aws_s3_bucket.z", "fail"),
            "module.module_3.aws_s3_bucket.fail_2"
        );
    }
}
