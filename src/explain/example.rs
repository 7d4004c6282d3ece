//! What a policy's example brings: arguments of the resource itself, and resources that stand beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Place;
use crate::engine::Step;
use crate::model::{Documents, Map, Value};
use crate::source::{Block, Mode, Part, Scope, body_value, snippet};

/// A resource or data source of an example, referring to the resource that is explained.
pub(super) struct Companion {
    pub(super) kind: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) is_data: bool,
    pub(super) values: Value,
    /// The arguments that refer to the resource, with the attribute that they refer to.
    pub(super) refers: Vec<(String, String)>,
    /// The arguments that refer to data sources of the example, these and the attribute.
    pub(super) reads: Vec<(String, String, String)>,
    /// The HCL to write.
    pub(super) hcl: String,
}

/// What an example brings for a resource.
#[derive(Default)]
pub(super) struct Brought {
    /// Arguments of a resource of the same type, with their HCL.
    pub(super) arguments: Vec<(String, Value, String)>,
    pub(super) companions: Vec<Companion>,
}

/// The names of an example, where one of its resources stands for the one that is explained.
struct Names<'a> {
    address: &'a str,
    own: Option<(Arc<str>, Arc<str>)>,
}

impl Names<'_> {
    fn is_own(&self, kind: &str, name: &str) -> bool {
        self.own
            .as_ref()
            .is_some_and(|(own, named)| **own == *kind && **named == *name)
    }
}

impl Scope for Names<'_> {
    fn resolve(&self, traversal: &[Part]) -> Option<Value> {
        let name = |part: &Part| match part {
            Part::Name(name) => Some(name.to_string()),
            _ => None,
        };
        let parts: Vec<String> = traversal.iter().map_while(name).collect();
        let from = match &parts[..] {
            [kind, named, rest @ ..] if self.is_own(kind, named) && rest.len() < 2 => std::iter::once(self.address)
                .chain(rest.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join("."),
            [data, _, _, ..] if data == "data" && parts.len() < 5 => parts.join("."),
            [first, _, ..] if first.contains('_') && parts.len() < 4 => parts.join("."),
            [first, _] if first == "var" => parts.join("."),
            _ => return None,
        };
        Some(Value::unknown([Arc::from(from)]))
    }
}

/// A block of an example: its type, its name and its values.
type Declared<'m> = (Mode, Arc<str>, Arc<str>, Value, &'m Block);

/// Reads an example for a resource; nothing where it is no HCL.
pub(super) fn bring(example: &str, place: Place) -> Brought {
    let Ok(module) = snippet(example) else {
        return Brought::default();
    };
    let resource = place.resource;
    let own = module
        .resources()
        .find(|(mode, kind, _, _)| *mode == Mode::Managed && **kind == *resource.kind);
    // Where the example has only what stands beside it, that names it all the same.
    let own_name = own
        .map(|(_, _, name, _)| Arc::from(name))
        .or_else(|| referred(example, &resource.kind));
    let names = Names {
        address: &resource.address,
        own: own_name.map(|name| (resource.kind.clone(), name)),
    };
    let local = local_address(&resource.address);
    let rename = |text: &str| match &names.own {
        Some((kind, name)) => text.replace(&format!("{kind}.{name}."), &format!("{local}.")),
        None => text.to_owned(),
    };
    let mut values: Vec<Declared> = module
        .resources()
        .map(|(mode, kind, name, block)| {
            let value = body_value(block, &names, &module);
            (mode, Arc::from(kind), Arc::from(name), value, block)
        })
        .collect();
    let data = values.iter().filter(|(mode, ..)| *mode == Mode::Data);
    let data: Vec<(Arc<str>, Value)> = data
        .map(|(_, kind, name, value, _)| (Arc::from(format!("data.{kind}.{name}")), value.clone()))
        .collect();
    let documents = Documents::rebuild(data.iter().map(|(address, value)| (address.clone(), value)));
    let mut brought = Brought::default();
    for (mode, kind, name, value, block) in &mut values {
        let refers = referring(value, &resource.address);
        let reads = data.iter().flat_map(|(data, _)| {
            let found = referring(value, data).into_iter();
            found.map(|(argument, attribute)| (argument, data.to_string(), attribute))
        });
        let reads = reads.collect();
        let address = match mode {
            Mode::Data => format!("data.{kind}.{name}"),
            Mode::Managed => format!("{kind}.{name}"),
        };
        documents.place_in(&address, value);
        if *mode == Mode::Managed && names.is_own(kind, name) {
            let members = value.as_object().into_iter().flatten();
            brought.arguments.extend(members.filter_map(|(argument, value)| {
                let line = block.line_of(&[crate::source::Step::Name(argument)])?;
                Some((argument.to_string(), value.clone(), rename(&lines_from(example, line))))
            }));
        } else {
            brought.companions.push(Companion {
                kind: kind.clone(),
                name: name.clone(),
                is_data: *mode == Mode::Data,
                values: value.clone(),
                refers,
                reads,
                hcl: rename(&lines_from(example, block.line())),
            });
        }
    }
    brought
}

/// The name of a resource of that type that a text refers to.
fn referred(text: &str, kind: &str) -> Option<Arc<str>> {
    text.match_indices(&format!("{kind}.")).find_map(|(at, start)| {
        let name: String = text[at + start.len()..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let is_whole = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        (is_whole && !name.is_empty()).then(|| Arc::from(name))
    })
}

/// The address within its module.
fn local_address(address: &str) -> &str {
    crate::model::split_module(address).1
}

/// The lines of a text from one on to where its brackets close.
fn lines_from(text: &str, line: usize) -> String {
    let mut out = String::new();
    let mut open = 0_i64;
    for line in text.lines().skip(line.saturating_sub(1)) {
        let count = |brackets: [char; 3]| i64::try_from(line.matches(brackets).count()).unwrap_or_default();
        open += count(['{', '[', '(']) - count(['}', ']', ')']);
        out.push_str(line);
        out.push('\n');
        if open <= 0 {
            break;
        }
    }
    out
}

/// The arguments with a marker that comes from the resource, and the attribute that it comes from.
fn referring(values: &Value, address: &str) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, start: &str, found: &mut Vec<(String, String)>) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| walk(element, path, start, found)),
            Value::Object(members) => {
                let from = value.get("from").and_then(Value::as_array).unwrap_or_default();
                for attribute in from.iter().filter_map(|from| from.as_str()?.strip_prefix(start)) {
                    let reference = (path.to_owned(), attribute.trim_start_matches('.').to_owned());
                    if !found.contains(&reference) {
                        found.push(reference);
                    }
                }
                for (name, value) in members.iter().filter(|(name, _)| ***name != *"from") {
                    let path = if path.is_empty() {
                        name.to_string()
                    } else {
                        format!("{path}.{name}")
                    };
                    walk(value, &path, start, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(values, "", address, &mut found);
    found
}

/// A resource of the document, with where it stands.
pub(super) type Placed = (Vec<Step>, Value);

/// The companions as resources of the document, each at its position, and the resource's referrers by them.
pub(super) fn placed(
    companions: &[&Companion],
    positions: &[usize],
    place: Place,
) -> (Vec<Placed>, BTreeMap<Arc<str>, Vec<Value>>) {
    let resource = place.resource;
    let module = resource
        .module
        .as_ref()
        .map_or(String::new(), |module| format!("{module}."));
    let address_of = |companion: &Companion| {
        let data = if companion.is_data { "data." } else { "" };
        format!("{module}{data}{}.{}", companion.kind, companion.name)
    };
    let mode_of = |is_data| Value::from(if is_data { "data" } else { "managed" });
    let mut referrers: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
    let mut all = Vec::new();
    for (companion, position) in companions.iter().zip(positions) {
        let mut references = Map::new();
        let mut refer = |argument: &str, to: &str, kind: &str, is_data: bool, attribute: &str, position: usize| {
            let reference = Value::object([
                ("address", Value::from(to)),
                ("type", Value::from(kind)),
                ("mode", mode_of(is_data)),
                ("attribute", Value::from(attribute)),
                ("certain", Value::Bool(true)),
                ("position", Value::Number(position.into())),
            ]);
            let list = references
                .entry(Arc::from(argument))
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(reference);
            }
        };
        for (argument, attribute) in &companion.refers {
            let is_data = place.section == "data";
            refer(
                argument,
                &resource.address,
                &resource.kind,
                is_data,
                attribute,
                place.position,
            );
            referrers
                .entry(companion.kind.clone())
                .or_default()
                .push(Value::object([
                    ("address", Value::from(&*address_of(companion))),
                    ("mode", mode_of(companion.is_data)),
                    ("argument", Value::from(&**argument)),
                    ("attribute", Value::from(&**attribute)),
                    ("certain", Value::Bool(true)),
                    ("position", Value::Number((*position).into())),
                ]));
        }
        for (argument, data, attribute) in &companion.reads {
            for (other, at) in companions.iter().zip(positions) {
                if other.is_data && *data == format!("data.{}.{}", other.kind, other.name) {
                    refer(argument, &address_of(other), &other.kind, true, attribute, *at);
                }
            }
        }
        let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::Null, Value::String);
        let value = Value::object([
            ("address", Value::from(&*address_of(companion))),
            ("type", Value::String(companion.kind.clone())),
            ("name", Value::String(companion.name.clone())),
            ("module", text(&resource.module)),
            ("index", Value::Null),
            ("provider", Value::String(resource.provider.clone())),
            ("provider_config", text(&resource.provider_config)),
            ("mode", mode_of(companion.is_data)),
            (
                "actions",
                Value::Array(vec![Value::from(if companion.is_data { "read" } else { "create" })]),
            ),
            ("replaces", Value::Bool(false)),
            ("reason", Value::Null),
            ("previous_address", Value::Null),
            ("values", companion.values.clone()),
            ("before", Value::Null),
            ("config", Value::Object(Map::new())),
            ("references", Value::Object(references)),
            ("referrers", Value::Object(Map::new())),
        ]);
        let section = if companion.is_data { "data" } else { "resources" };
        let steps = [section, &*companion.kind].map(|name| Step::Name(name.to_owned()));
        all.push((steps.into_iter().chain([Step::Place(*position)]).collect(), value));
    }
    (all, referrers)
}
