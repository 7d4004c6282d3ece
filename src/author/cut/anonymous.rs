//! A plan in which every name and text of its own is another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::CutError;
use super::names::{Kind, Names};
use super::oracle::Oracle;
use super::shape::Words;
use crate::report::{Row, Verdict};

/// Members that hold what a person has written as keys, too.
const MAPS: [&str; 16] = [
    "tags",
    "tags_all",
    "default_tags",
    "labels",
    "annotations",
    "variables",
    "environment",
    "triggers",
    "keepers",
    "parameters",
    "metadata",
    "headers",
    "effective_labels",
    "terraform_labels",
    "options",
    "request_parameters",
];

/// Members whose texts are the format's or Terraform's own.
const TERRAFORMS: [&str; 11] = [
    "format_version",
    "terraform_version",
    "mode",
    "type",
    "actions",
    "action_reason",
    "schema_version",
    "provider_name",
    "full_name",
    "version_constraint",
    "status",
];

/// Members of which the texts, and those in lists, are addresses or references.
const PATHS: [&str; 9] = [
    "address",
    "module_address",
    "previous_address",
    "references",
    "depends_on",
    "resource",
    "to_display",
    "module",
    "instance_key",
];

/// Whether a member of that name holds what a person has written as keys.
pub(super) fn is_map(name: &str) -> bool {
    MAPS.contains(&name)
}

/// How a plan is made anonymous.
pub(super) struct Anonymous<'a> {
    said: &'a Row,
    names: Names,
    words: Words,
    literals: &'a BTreeSet<String>,
    address: String,
}

/// What is written for the texts of a plan, in one pass over it.
struct Pass<'a> {
    names: Names,
    words: Words,
    literals: &'a BTreeSet<String>,
    /// Texts that are left as they are.
    kept: BTreeSet<String>,
    /// What was written for each text, in values.
    written: BTreeMap<String, String>,
}

impl<'a> Anonymous<'a> {
    /// `rows` is what the policy says of the plan, and `said` the row that is to be kept.
    pub(super) fn new(json: &Json, rows: &[Row], said: &'a Row, literals: &'a BTreeSet<String>) -> Self {
        let mut names = Names::default();
        types(json, &mut names.types);
        let target = said.address.as_deref().unwrap_or_default();
        let address = match target {
            "plan" => target.to_owned(),
            _ => names.path_as(target, word(said.verdict)),
        };
        // What the policy judges besides has a name that states how, or the fixture would not hold.
        let mut worst: BTreeMap<&str, Verdict> = BTreeMap::new();
        for row in rows {
            let address = row.address.as_deref().unwrap_or_default();
            let verdict = worst.entry(address).or_insert(row.verdict);
            *verdict = row.verdict.min(*verdict);
        }
        for (address, verdict) in worst {
            if address != "plan" {
                names.path_as(address, word(verdict));
            }
        }
        let mut own = BTreeSet::new();
        own_names(json, &mut own);
        Anonymous {
            said,
            words: Words::new(literals.iter().map(String::as_str), &own),
            names,
            literals,
            address,
        }
    }

    /// The plan, and the address that it is about.
    ///
    /// # Errors
    ///
    /// Where the verdict hangs on a text that is the plan's own.
    pub(super) fn apply(&self, json: &Json, oracle: &Oracle, keep: bool) -> Result<(Json, String), CutError> {
        let pass = |kept: &BTreeSet<String>| {
            let mut pass = Pass {
                names: self.names.clone(),
                words: self.words.clone(),
                literals: self.literals,
                kept: kept.clone(),
                written: BTreeMap::new(),
            };
            let json = pass.json(json, "", false);
            (json, pass)
        };
        let holds = |json: &Json, pass: &Pass| {
            let rows = oracle.rows(json).unwrap_or_default();
            rows.iter().any(|row| self.says_the_same(row, pass))
        };
        let none = BTreeSet::new();
        let (whole, all) = pass(&none);
        if holds(&whole, &all) {
            return Ok((whole, self.address.clone()));
        }
        // What the policy compares with may be a name of the plan's, too; that says nothing of the plan.
        let texts: BTreeSet<String> = all.written.into_keys().collect();
        let compared: BTreeSet<String> = texts.intersection(self.literals).cloned().collect();
        let is_held = |kept: &BTreeSet<String>| {
            let (json, pass) = pass(kept);
            holds(&json, &pass)
        };
        let mut kept = match is_held(&compared) {
            true => compared,
            false if is_held(&texts) => texts,
            false => {
                let names = "the names of resources, modules or variables";
                return Err(CutError::Telling(names.to_owned()));
            }
        };
        let texts: Vec<String> = kept.iter().cloned().collect();
        let mut open = vec![(0, texts.len())];
        while let Some((from, to)) = open.pop() {
            let fewer: BTreeSet<String> = kept
                .iter()
                .filter(|text| !texts[from..to].contains(text))
                .cloned()
                .collect();
            if is_held(&fewer) {
                kept = fewer;
            } else if to - from > 1 {
                let middle = from + (to - from) / 2;
                open.extend([(middle, to), (from, middle)]);
            }
        }
        let is_own = |text: &&String| !self.literals.contains(*text) && !self.words.is_vocabulary(text);
        if let (Some(text), false) = (kept.iter().find(is_own), keep) {
            return Err(CutError::Telling(format!("`{text}`")));
        }
        let (json, _) = pass(&kept);
        Ok((json, self.address.clone()))
    }

    /// Whether a row of the plan with other names says what was said.
    fn says_the_same(&self, row: &Row, pass: &Pass) -> bool {
        if row.verdict != self.said.verdict || row.address.as_deref() != Some(&self.address) {
            return false;
        }
        let told = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(|text| pass.skeleton(text));
        let saw = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(|text| pass.skeleton_of_other(text));
        told(&self.said.message) == saw(&row.message)
            && told(&self.said.key) == saw(&row.key)
            && self.said.attribute.is_some() == row.attribute.is_some()
            && self.said.cause.is_some() == row.cause.is_some()
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        _ => "pass",
    }
}

impl Pass<'_> {
    /// A text of the policy without what the plan put into it: each text and name is a gap.
    fn skeleton(&self, text: &str) -> String {
        let names = self.names.all().map(|(name, _)| name);
        gaps(text, self.written.keys().map(String::as_str).chain(names))
    }

    fn skeleton_of_other(&self, text: &str) -> String {
        let names = self.names.all().map(|(_, given)| given);
        gaps(text, self.written.values().map(String::as_str).chain(names))
    }

    fn json(&mut self, json: &Json, member: &str, is_own: bool) -> Json {
        match json {
            Json::String(text) => Json::String(self.text(text, member, is_own)),
            Json::Array(elements) => Json::Array(
                elements
                    .iter()
                    .map(|element| self.json(element, member, is_own))
                    .collect(),
            ),
            Json::Object(members) => Json::Object(self.object(members, member, is_own)),
            other => other.clone(),
        }
    }

    fn object(&mut self, members: &Map<String, Json>, within: &str, is_own: bool) -> Map<String, Json> {
        let is_resource = members.contains_key("address") && members.contains_key("type");
        let mut written = Map::new();
        for (name, value) in members {
            let (key, inner, inner_is_own) = match (within, &**name) {
                // What an expression is, also where it is one of tags.
                (_, "constant_value") => (name.clone(), "constant_value", is_own || is_map(within)),
                (_, "references") => (name.clone(), "references", false),
                _ if is_own => (self.value(name), "", true),
                // The sections whose members are called by the plan's own names.
                ("module_calls", _) => (self.names.name(Kind::Module, name), "module_call", false),
                ("outputs" | "output_changes", _) => (self.names.name(Kind::Output, name), "", false),
                ("variables", _) if value.is_object() => (self.names.name(Kind::Variable, name), "", false),
                ("call_expressions", _) => (self.names.name(Kind::Variable, name), "", false),
                ("module_call", "expressions") => (name.clone(), "call_expressions", false),
                ("provider_config", _) => (self.provider_key(name), "provider", false),
                _ => (name.clone(), &**name, is_map(name) && !is_section(name, value)),
            };
            let value = match (name.as_str(), value) {
                ("name", Json::String(text)) if is_resource => self.resource_name(members, text).into(),
                ("index", Json::String(text)) if is_resource => self.names.name(Kind::Key, text).into(),
                ("timestamp", Json::String(_)) => "2026-01-01T00:00:00Z".into(),
                ("alias", Json::String(text)) => self.names.name(Kind::Key, text).into(),
                ("provider_config_key", Json::String(text)) => self.provider_key(text).into(),
                ("name", Json::String(text)) if within == "provider" => self.provider_key(text).into(),
                _ => self.json(value, inner, inner_is_own),
            };
            written.insert(key, value);
        }
        written
    }

    fn resource_name(&mut self, members: &Map<String, Json>, name: &str) -> String {
        // What the address has, which may have been given its name for its verdict.
        let kind = members.get("type").and_then(Json::as_str).unwrap_or_default();
        let path = self.names.path(&format!("{kind}.{name}"));
        path.split_once('.').map_or(path.clone(), |(_, name)| name.to_owned())
    }

    /// The key of a provider's configuration: `module.net:aws.west`.
    fn provider_key(&mut self, key: &str) -> String {
        let (module, key) = match key.rsplit_once(':') {
            Some((module, key)) => (self.names.path(module) + ":", key),
            None => (String::new(), key),
        };
        let (provider, alias) = key.split_once('.').unwrap_or((key, ""));
        let provider = self
            .names
            .given(Kind::Provider, provider)
            .unwrap_or(provider)
            .to_owned();
        match alias {
            "" => module + &provider,
            alias => format!("{module}{provider}.{}", self.names.name(Kind::Key, alias)),
        }
    }

    fn text(&mut self, text: &str, member: &str, is_own: bool) -> String {
        if is_own {
            return self.value(text);
        }
        match member {
            _ if TERRAFORMS.contains(&member) => text.to_owned(),
            "source" if text.starts_with('.') => format!("./{}", self.names.name(Kind::Module, text)),
            _ if PATHS.contains(&member) => self.names.path(text),
            _ => self.value(text),
        }
    }

    /// A text in a value. One that is JSON is written anew by its parts.
    fn value(&mut self, text: &str) -> String {
        if self.kept.contains(text) || self.literals.contains(text) && self.words.is_vocabulary(text) {
            self.written.entry(text.to_owned()).or_insert_with(|| text.to_owned());
            return text.to_owned();
        }
        if let Some(written) = self.written.get(text) {
            return written.clone();
        }
        let inner = text
            .starts_with(['{', '['])
            .then(|| serde_json::from_str::<Json>(text).ok())
            .flatten();
        let written = match inner {
            Some(inner) => self.json(&inner, "", true).to_string(),
            None => self.words.other(text),
        };
        self.written.insert(text.to_owned(), written.clone());
        written
    }
}

/// Whether a member that is called as a map of a person's is a section of the format or a block.
fn is_section(name: &str, value: &Json) -> bool {
    let is_of_objects = value
        .as_object()
        .is_some_and(|members| members.values().all(Json::is_object));
    name == "variables" && is_of_objects || name == "environment" && value.is_array()
}

/// A text in which every one of these is a gap; the longest first.
fn gaps<'t>(text: &str, of: impl Iterator<Item = &'t str>) -> String {
    let mut of: Vec<&str> = of.filter(|text| !text.is_empty()).collect();
    of.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let mut out = text.to_owned();
    for one in of {
        if out.contains(one) {
            out = out.replace(one, "\u{0}");
        }
    }
    out
}

fn types(json: &Json, found: &mut BTreeSet<String>) {
    each_object(json, &mut |members| {
        if let (Some(Json::String(kind)), true) = (members.get("type"), members.contains_key("address")) {
            found.insert(kind.clone());
        }
    });
}

/// The words of the names that a plan gives, which are not left for being the policy's, too; those of three letters tell
/// nothing.
fn own_names(json: &Json, found: &mut BTreeSet<String>) {
    each_object(json, &mut |members| {
        for name in ["name", "bucket", "id", "identifier", "alias"] {
            if let Some(Json::String(text)) = members.get(name) {
                let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
                found.extend(words.filter(|word| word.len() > 3).map(ToOwned::to_owned));
            }
        }
    });
}

fn each_object(json: &Json, look: &mut dyn FnMut(&Map<String, Json>)) {
    match json {
        Json::Array(elements) => elements.iter().for_each(|element| each_object(element, look)),
        Json::Object(members) => {
            look(members);
            members.values().for_each(|value| each_object(value, look));
        }
        _ => {}
    }
}
