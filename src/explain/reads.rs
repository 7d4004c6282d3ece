//! What a policy may read of a resource, and where that comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use super::{Case, Place};
use crate::engine::{self, Finding, members, span, variant};
use crate::model::{Reference, Resource, Value};
use crate::pack::{Library, Policy, Source as Rego};
use crate::source::{Mode, Step};

/// One value of a resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadValue {
    /// The argument, `versioning[0].enabled`.
    pub argument: String,
    /// Its value; a marker where it is not known or sensitive.
    pub value: Value,
    /// Where it comes from.
    pub origin: String,
}

/// A reference from or to a resource, or that there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The reference in words.
    pub text: String,
    /// The other end; none where no resource of a type refers to it.
    pub address: Option<Arc<str>>,
    /// Whether the plan tells that this very instance is meant.
    pub certain: bool,
    /// Why it is not certain.
    pub cause: Option<Arc<str>>,
}

/// The paths that a policy and its libraries read of resources, with what stands for each where it is unset.
pub(super) type Names = BTreeMap<Vec<Part>, Option<String>>;

/// One part of a path: a name or a place.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Part {
    Name(String),
    Place(usize),
}

impl Part {
    /// The name, where it is one.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Part::Name(name) => Some(name),
            Part::Place(_) => None,
        }
    }
}

/// The functions whose second argument names an argument of a resource.
const READERS: [&str; 3] = ["tf.get", "tf.blocks", "tf.own_blocks"];

pub(super) fn names(policy: &Policy, libraries: &[Library], findings: &[Finding]) -> Names {
    let mut names = Names::new();
    let imported = libraries.iter().filter(|library| {
        *library.package != *"lib.tf" && policy.text.contains(&format!("import data.{}\n", library.package))
    });
    let files =
        std::iter::once((&policy.path, &policy.text)).chain(imported.map(|library| (&library.path, &library.text)));
    for (path, text) in files {
        let source = Rego {
            path: path.clone(),
            text: text.clone(),
        };
        if let Ok(tree) = engine::tree(&source) {
            walk(&tree, text, &mut names);
        }
    }
    for attribute in findings.iter().filter_map(|finding| finding.attribute.as_deref()) {
        names.entry(path_of(attribute)).or_insert(None);
    }
    names
}

/// `rule[0].status` as its parts.
pub(super) fn path_of(attribute: &str) -> Vec<Part> {
    let parts = attribute.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().map_or_else(|_| Part::Name(part.to_owned()), Part::Place))
        .collect()
}

fn walk(node: &Json, text: &str, names: &mut Names) {
    if let Some((kind, inner)) = variant(node) {
        match kind {
            "Call" => {
                let function = inner
                    .get("fcn")
                    .and_then(|function| part(function, text))
                    .unwrap_or_default();
                if let [_, path, rest @ ..] = members(inner, "params")
                    && READERS.contains(&function)
                    && let Some(path) = literal_path(path)
                {
                    // Only `tf.get` is given one; the third argument of the others is a type.
                    let fallback = rest.first().filter(|_| function == "tf.get");
                    let fallback = fallback.and_then(|fallback| part(fallback, text)).map(str::to_owned);
                    let known = names.entry(path).or_insert(None);
                    *known = known.take().or(fallback);
                }
            }
            "RefDot" => {
                if let (Some(("RefDot", before)), Some(name)) = (inner.get("refr").and_then(variant), field(inner))
                    && field(before) == Some("values")
                {
                    names.entry(vec![Part::Name(name.to_owned())]).or_insert(None);
                }
            }
            _ => {}
        }
    }
    match node {
        Json::Object(parts) => parts.values().for_each(|part| walk(part, text, names)),
        Json::Array(parts) => parts.iter().for_each(|part| walk(part, text, names)),
        _ => {}
    }
}

fn field(reference: &Json) -> Option<&str> {
    reference.get("field")?.get(1)?.as_str()
}

fn part<'t>(node: &Json, text: &'t str) -> Option<&'t str> {
    let (start, end) = span(variant(node)?.1, text)?;
    text.get(start..end)
}

fn literal_path(node: &Json) -> Option<Vec<Part>> {
    let part = |node: &Json| match variant(node)? {
        ("String" | "RawString", inner) => Some(Part::Name(inner.get("value")?.as_str()?.to_owned())),
        ("Number", inner) => Some(Part::Place(
            inner.get("value")?.to_string().trim_matches('"').parse().ok()?,
        )),
        _ => None,
    };
    match variant(node)? {
        ("Array", inner) => members(inner, "items").iter().map(part).collect(),
        _ => Some(vec![part(node)?]),
    }
}

/// The values at those paths that the resource has, in their order; a path within another is left out.
pub(super) fn values(case: &Case, place: Place, names: &Names) -> Vec<ReadValue> {
    let resource = place.resource;
    names
        .iter()
        .filter_map(|(path, fallback)| {
            let [Part::Name(first), ..] = &path[..] else {
                return None;
            };
            resource.values.get(first).or_else(|| resource.config.get(first))?;
            let value = at(&resource.values, path).cloned().unwrap_or_default();
            Some(ReadValue {
                argument: written(path),
                origin: origin(case, resource, path, &value, fallback.as_deref()),
                value,
            })
        })
        .collect()
}

/// What stands at a path; a marker on the way stands for all that is in it.
pub(super) fn at<'v>(value: &'v Value, path: &[Part]) -> Option<&'v Value> {
    let Some((part, rest)) = path.split_first() else {
        return Some(value);
    };
    if is_marker(value) {
        return Some(value);
    }
    match part {
        Part::Name(name) => match value {
            // A block stands in a list, also where there can be only one.
            Value::Array(blocks) => at(blocks.first()?, path),
            _ => at(value.get(name)?, rest),
        },
        Part::Place(place) => match value {
            Value::Array(elements) => at(elements.get(*place)?, rest),
            _ => at(value, rest),
        },
    }
}

pub(super) fn is_marker(value: &Value) -> bool {
    ["unknown", "sensitive"]
        .iter()
        .any(|name| value.get(name) == Some(&Value::Bool(true)))
}

pub(super) fn written(path: &[Part]) -> String {
    let mut out = String::new();
    for part in path {
        match part {
            Part::Name(name) if out.is_empty() => out.push_str(name),
            Part::Name(name) => out.push_str(&format!(".{name}")),
            Part::Place(place) => out.push_str(&format!("[{place}]")),
        }
    }
    out
}

fn origin(case: &Case, resource: &Resource, path: &[Part], value: &Value, fallback: Option<&str>) -> String {
    let taken = fallback.map_or(String::new(), |fallback| {
        format!("; the policy takes it for {fallback}")
    });
    if value.get("sensitive") == Some(&Value::Bool(true)) {
        return "sensitive: it is set, and is never shown".to_owned();
    }
    if value.get("unset") == Some(&Value::Bool(true)) {
        return format!("not set in the configuration, the provider fills it in{taken}");
    }
    let line = line_of(case, resource, path).map_or(String::new(), |place| format!(" at {place}"));
    if value.get("unknown") == Some(&Value::Bool(true)) {
        let from = value.get("from").and_then(Value::as_array).unwrap_or_default();
        let from: Vec<&str> = from.iter().filter_map(Value::as_str).collect();
        return match from.is_empty() {
            true => format!("known after apply, from a function or the provider{line}"),
            false => format!("known after apply, from {}{line}", from.join(", ")),
        };
    }
    let config = at(&resource.config, path);
    let texts = |name: &str| -> Vec<String> {
        let list = config
            .and_then(|config| config.get(name))
            .and_then(Value::as_array)
            .unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let references = texts("references");
    if !references.is_empty() {
        let mut from: Vec<String> = texts("origins");
        from.retain(|origin| !references.contains(origin));
        let named = references.iter().chain(&from).map(|name| variable(case, name));
        return format!("from {}{line}", named.collect::<Vec<_>>().join(", "));
    }
    if matches!(value, Value::Null) || *value == Value::from("") || *value == Value::Array(Vec::new()) {
        return format!("not set in the configuration{taken}");
    }
    match config {
        Some(_) => format!("written in the configuration{line}"),
        None if resource.actions.iter().any(|action| &**action == "create") => "the provider's default".to_owned(),
        None => "not set in the configuration; it is what there is now".to_owned(),
    }
}

/// A reference, and where it is a root variable its value.
fn variable(case: &Case, name: &str) -> String {
    match case.model.variables.iter().find(|variable| *variable.address == *name) {
        Some(variable) if variable.sensitive => format!("{name} (sensitive)"),
        Some(variable) if !is_marker(&variable.value) => {
            format!(
                "{name} = {}",
                serde_json::to_string(&variable.value).unwrap_or_default()
            )
        }
        _ => name.to_owned(),
    }
}

/// Where the configuration sets an argument, `main.tf:14`.
fn line_of(case: &Case, resource: &Resource, path: &[Part]) -> Option<String> {
    let location = resource.source.as_ref()?;
    let module = resource.module.as_deref().unwrap_or_default();
    let calls = calls(module);
    let mode = match resource.mode {
        crate::model::Mode::Managed => Mode::Managed,
        crate::model::Mode::Data => Mode::Data,
    };
    let block = case
        .source?
        .module(&calls)?
        .resource(mode, &resource.kind, &resource.name)?;
    let steps: Vec<Step> = path
        .iter()
        .map(|part| match part {
            Part::Name(name) => Step::Name(name),
            Part::Place(place) => Step::Index(*place),
        })
        .collect();
    let line = (1..=steps.len()).rev().find_map(|end| block.line_of(&steps[..end]))?;
    Some(format!("{}:{line}", location.file))
}

/// The names of the calls on the way to a module: those of `module.net["a"].module.dns` are `net` and `dns`.
fn calls(module: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = module;
    while let Some(call) = rest.strip_prefix("module.") {
        names.push(&call[..call.find(['.', '[']).unwrap_or(call.len())]);
        // The next one begins where a dot is in no key.
        let mut is_quoted = false;
        let dot = call.char_indices().find(|(_, c)| {
            is_quoted ^= *c == '"';
            *c == '.' && !is_quoted
        });
        rest = dot.map_or("", |(at, _)| &call[at + 1..]);
    }
    names
}

/// The references from the resource, those to it of types that the policy names, and which of those types lack.
pub(super) fn links(case: &Case, place: Place) -> Vec<Link> {
    let resource = place.resource;
    let types = types(case.policy);
    let mut links = Vec::new();
    for (argument, references) in &resource.references {
        for Reference {
            address,
            attribute,
            certain,
            cause,
            kind,
            ..
        } in references
        {
            if types.iter().any(|named| **named == **kind) {
                let end = if attribute.is_empty() {
                    address.to_string()
                } else {
                    format!("{address}.{attribute}")
                };
                links.push(Link {
                    text: format!("its {argument} refers to {end}"),
                    address: Some(address.clone()),
                    certain: *certain,
                    cause: cause.clone(),
                });
            }
        }
    }
    for kind in types.iter().filter(|kind| ***kind != *resource.kind) {
        let referrers = resource.referrers.get(*kind).map(Vec::as_slice).unwrap_or_default();
        links.extend(referrers.iter().map(|referrer| Link {
            text: format!("{} refers to it by {}", referrer.address, referrer.argument),
            address: Some(referrer.address.clone()),
            certain: referrer.certain,
            cause: referrer.cause.clone(),
        }));
        let unresolved = case.model.unresolved.get(*kind);
        for (argument, causes) in unresolved.into_iter().flatten() {
            links.push(Link {
                text: format!("a {kind} may refer to it by {argument}"),
                address: None,
                certain: false,
                cause: Some(Arc::from(
                    causes
                        .iter()
                        .map(|cause| cause.to_string())
                        .collect::<Vec<_>>()
                        .join(", "),
                )),
            });
        }
        // `tf.attached(bucket, "aws_s3_bucket_policy", "bucket")` asks for what refers to a resource.
        let is_asked_for = case.policy.text.contains(&format!("\"{kind}\", \""));
        if referrers.is_empty() && unresolved.is_none() && is_asked_for {
            links.push(Link {
                text: format!("no {kind} refers to it"),
                address: None,
                certain: true,
                cause: None,
            });
        }
    }
    links
}

/// The resource types that a policy's rules name; comments do not count.
fn types(policy: &Policy) -> Vec<&str> {
    let lines = policy.text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let words = lines.flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')));
    let mut types: Vec<&str> = words
        .filter(|word| {
            ["aws_", "azurerm_", "google_"]
                .iter()
                .any(|start| word.starts_with(start))
        })
        .collect();
    types.sort_unstable();
    types.dedup();
    types
}
