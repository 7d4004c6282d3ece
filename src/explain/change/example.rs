//! What a policy's example brings: arguments of the resource itself, and resources that stand beside it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::author::{Mode as Kind, Schema};
use crate::explain::{Case, Place};
use crate::model::{Documents, Resource, Value, split_module};
use crate::source::{Block, Mode, Module, Part, Scope, Step, body_value, snippet};

/// A resource or data source of an example, or one that it refers to and that neither it nor the plan has.
pub(super) struct Companion {
    pub(super) kind: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) is_data: bool,
    /// Whether it only stands for what the example refers to.
    pub(super) is_stand_in: bool,
    pub(super) values: Value,
    pub(super) refers: Vec<Refers>,
    /// The HCL to write.
    pub(super) hcl: String,
}

/// A reference by an argument, inside a block as `access_logs.bucket`, to an attribute.
#[derive(Clone)]
pub(super) struct Refers {
    pub(super) argument: String,
    pub(super) to: End,
    pub(super) attribute: String,
}

/// What is referred to.
#[derive(Clone, PartialEq)]
pub(super) enum End {
    /// The resource that is changed.
    Own,
    /// A companion, by its index.
    Companion(usize),
    /// A resource of the plan, by its address.
    Planned(Arc<str>),
}

/// An argument of the resource that is changed.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) hcl: String,
    pub(super) refers: Vec<Refers>,
}

/// What an example brings for a resource.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) arguments: Vec<Argument>,
    pub(super) companions: Vec<Companion>,
}

/// The names of an example, where one of its resources stands for the one that is changed.
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
struct Declared<'m> {
    is_data: bool,
    kind: Arc<str>,
    name: Arc<str>,
    values: Value,
    block: &'m Block,
}

impl Declared<'_> {
    fn address(&self) -> String {
        address_of(self.is_data, &self.kind, &self.name)
    }
}

fn address_of(is_data: bool, kind: &str, name: &str) -> String {
    let data = if is_data { "data." } else { "" };
    format!("{data}{kind}.{name}")
}

/// Reads an example for a resource of the plan, once for each of its blocks that may stand for that, or for the plan as a
/// whole; nothing where it is no HCL.
pub(super) fn bring(case: &Case, place: Option<Place>) -> Vec<Brought> {
    let Some(example) = &case.policy.example else {
        return Vec::new();
    };
    let Ok(module) = snippet(example) else {
        return Vec::new();
    };
    let address = place.map_or("", |place| &place.resource.address);
    let own = place.map_or(vec![None], |place| owns(case, place, example, &module));
    let brought = own
        .into_iter()
        .map(|own| bring_by(case, place, example, &module, Names { address, own }));
    brought.collect()
}

/// The blocks of an example that may stand for a resource, by type and name; where it has only what stands beside it, that
/// names it all the same.
fn owns(case: &Case, place: Place, example: &str, module: &Module) -> Vec<Option<(Arc<str>, Arc<str>)>> {
    let managed = || module.resources().filter(|(mode, ..)| *mode == Mode::Managed);
    for kind in alike(case, place, module) {
        let declared = managed().filter(|(_, own, ..)| **own == *kind);
        let declared: Vec<_> = declared
            .map(|(_, _, name, _)| Some((kind.clone(), Arc::from(name))))
            .collect();
        if !declared.is_empty() {
            return declared;
        }
        if let Some(name) = referred(example, &kind) {
            return vec![Some((kind, name))];
        }
    }
    vec![None]
}

fn bring_by(case: &Case, place: Option<Place>, example: &str, module: &Module, names: Names) -> Brought {
    let mut declared: Vec<Declared> = module
        .resources()
        .map(|(mode, kind, name, block)| Declared {
            is_data: mode == Mode::Data,
            kind: Arc::from(kind),
            name: Arc::from(name),
            values: body_value(block, &names, module),
            block,
        })
        .collect();
    // The one that is changed comes last, so that the others are counted from 0.
    declared.sort_by_key(|one| names.is_own(&one.kind, &one.name) && !one.is_data);
    let mut ends: Vec<(String, End)> = declared
        .iter()
        .enumerate()
        .map(|(index, one)| (one.address(), End::Companion(index)))
        .collect();
    let is_own = |one: &Declared| !one.is_data && names.is_own(&one.kind, &one.name);
    let own = declared.pop_if(|one| is_own(one));
    if let Some(place) = place {
        ends.truncate(declared.len());
        ends.push((place.resource.address.to_string(), End::Own));
    }
    let mut companions: Vec<Companion> = Vec::new();
    let mut renames: Vec<(String, String)> = Vec::new();
    if let (Some(place), Some((kind, name))) = (place, &names.own) {
        let local = split_module(&place.resource.address).1;
        renames.push((format!("{kind}.{name}."), format!("{local}.")));
    }
    let values = declared.iter().chain(&own).map(|one| &one.values);
    let mut stand_ins = Vec::new();
    let mut meant = BTreeSet::new();
    for (is_data, kind, name) in outside(values, &ends) {
        let address = address_of(is_data, &kind, &name);
        match planned(case, place, is_data, (&kind, &name), &meant) {
            Some(there) => {
                meant.insert(there.clone());
                renames.push((format!("{address}."), format!("{}.", split_module(&there).1)));
                ends.push((address, End::Planned(there)));
            }
            None => {
                ends.push((address.clone(), End::Companion(declared.len() + stand_ins.len())));
                stand_ins.push(Companion {
                    kind,
                    name,
                    is_data,
                    is_stand_in: true,
                    values: Value::Object(Default::default()),
                    refers: Vec::new(),
                    hcl: format!("# {address} is not in the plan: declare it, or name the one that is meant\n"),
                });
            }
        }
    }
    let documents = Documents::rebuild(
        declared
            .iter()
            .filter(|one| one.is_data)
            .map(|one| (Arc::from(one.address()), &one.values)),
    );
    for one in &mut declared {
        let refers = references(&one.values, &ends);
        documents.place_in(&one.address(), &mut one.values);
        let name = free(case, place, one, &mut renames);
        companions.push(Companion {
            kind: one.kind.clone(),
            name,
            is_data: one.is_data,
            is_stand_in: false,
            values: one.values.clone(),
            refers,
            hcl: lines_from(example, one.block.line()),
        });
    }
    companions.extend(stand_ins);
    let arguments = own.map(|mut own| {
        let refers = references(&own.values, &ends);
        documents.place_in(&own.address(), &mut own.values);
        let members: Vec<(Arc<str>, Value)> = own.values.as_object().into_iter().flatten().map(owned).collect();
        let argument = |(name, value): (Arc<str>, Value)| {
            let line = own.block.line_of(&[Step::Name(&name)])?;
            let is_within = |one: &&Refers| one.argument.split('.').next() == Some(&*name);
            Some(Argument {
                refers: refers.iter().filter(is_within).cloned().collect(),
                name: name.to_string(),
                value,
                hcl: lines_from(example, line),
            })
        };
        members.into_iter().filter_map(argument).collect::<Vec<_>>()
    });
    let mut arguments = arguments.unwrap_or_default();
    // What stands for another type may have arguments of its own.
    if let Some(place) = place {
        let has = |argument: &Argument| {
            let schema = Schema::aws();
            schema
                .no_argument(Kind::Managed, &place.resource.kind, &[&argument.name])
                .is_none()
        };
        arguments.retain(has);
    }
    // What counts in the example is one here.
    if place.is_some_and(|place| !matches!(place.resource.index, Value::Number(_))) {
        renames.push(("count.index".to_owned(), "0".to_owned()));
    }
    let hcls = companions
        .iter_mut()
        .map(|one| &mut one.hcl)
        .chain(arguments.iter_mut().map(|one| &mut one.hcl));
    for hcl in hcls {
        // By way of marks, since what one gives may be what another takes.
        for (index, (before, _)) in renames.iter().enumerate() {
            *hcl = hcl.replace(before, &format!("\0{index}\0"));
        }
        for (index, (_, after)) in renames.iter().enumerate() {
            *hcl = hcl.replace(&format!("\0{index}\0"), after);
        }
    }
    Brought { arguments, companions }
}

fn owned((name, value): (&Arc<str>, &Value)) -> (Arc<str>, Value) {
    (name.clone(), value.clone())
}

/// The type of a resource, and where the policy examines it among others these, too: they are alike to it.
fn alike(case: &Case, place: Place, module: &Module) -> Vec<Arc<str>> {
    let own = &place.resource.kind;
    let examined = case.policy.examines.iter();
    let is_examined = case.policy.examines.iter().any(|kind| **kind == **own);
    let others = examined.filter(|kind| is_examined && ***kind != **own && kind.contains('_'));
    let others = others.map(|kind| Arc::from(kind.as_str()));
    // A policy of all types shows one of them.
    let any = case.policy.examines.iter().any(|kind| kind == "*");
    let shown = module.resources().filter(|(mode, ..)| any && *mode == Mode::Managed);
    let shown = shown.map(|(_, kind, ..)| Arc::from(kind));
    std::iter::once(own.clone()).chain(others).chain(shown).collect()
}

/// The resource of the plan that the example may mean, in the same module: that of its name, else the first
/// of that type that is not meant yet.
fn planned(
    case: &Case,
    place: Option<Place>,
    is_data: bool,
    (kind, name): (&str, &str),
    meant: &BTreeSet<Arc<str>>,
) -> Option<Arc<str>> {
    let section = if is_data {
        &case.model.data
    } else {
        &case.model.resources
    };
    let module = place.and_then(|place| place.resource.module.clone());
    let own = place.map(|place| place.resource.address.clone());
    let is_free = |other: &&Resource| Some(&other.address) != own.as_ref() && !meant.contains(&other.address);
    let there = section.get(kind).into_iter().flatten();
    let there: Vec<&Resource> = there.filter(|other| other.module == module && is_free(other)).collect();
    let named = there.iter().find(|other| *other.name == *name);
    named.or(there.first()).map(|other| other.address.clone())
}

/// A name for a block of the example that no resource of the plan has.
fn free(case: &Case, place: Option<Place>, one: &Declared, renames: &mut Vec<(String, String)>) -> Arc<str> {
    let module = place.and_then(|place| place.resource.module.clone());
    let section = if one.is_data {
        &case.model.data
    } else {
        &case.model.resources
    };
    let there = section.get(&one.kind).into_iter().flatten();
    let taken: BTreeSet<&str> = there
        .filter(|other| other.module == module)
        .map(|other| &*other.name)
        .collect();
    if !taken.contains(&*one.name) {
        return one.name.clone();
    }
    let numbered = (2..).map(|number| format!("{}_{number}", one.name));
    let name = numbered
        .into_iter()
        .find(|name| !taken.contains(&**name))
        .unwrap_or_default();
    let quoted = |name: &str| format!("\"{}\" \"{name}\"", one.kind);
    renames.push((quoted(&one.name), quoted(&name)));
    let renamed = address_of(one.is_data, &one.kind, &name);
    renames.push((format!("{}.", one.address()), format!("{renamed}.")));
    Arc::from(name)
}

/// The resources that values refer to and that are at none of the known ends.
fn outside<'v>(
    values: impl Iterator<Item = &'v Value>,
    ends: &[(String, End)],
) -> BTreeSet<(bool, Arc<str>, Arc<str>)> {
    let mut found = BTreeSet::new();
    for value in values {
        for from in froms(value) {
            if ends.iter().any(|(address, _)| attribute(&from, address).is_some()) {
                continue;
            }
            let parts: Vec<&str> = from.split('.').collect();
            let (is_data, kind, name) = match &parts[..] {
                ["data", kind, name, ..] => (true, *kind, *name),
                [kind, name, ..] if kind.contains('_') => (false, *kind, *name),
                _ => continue,
            };
            found.insert((is_data, Arc::from(kind), Arc::from(name)));
        }
    }
    found
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

/// The attribute of an address that a reference names; empty for the object as a whole.
fn attribute<'f>(from: &'f str, address: &str) -> Option<&'f str> {
    let rest = from.strip_prefix(address)?;
    match rest.is_empty() || rest.starts_with(['.', '[']) {
        true => Some(rest.trim_start_matches('.')),
        false => None,
    }
}

/// What the markers in a value come from.
pub(super) fn froms(value: &Value) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    each_from(value, "", &mut |_, from| found.push(Arc::from(from)));
    found
}

/// The references in the values of a block to known ends.
fn references(values: &Value, ends: &[(String, End)]) -> Vec<Refers> {
    let mut found: Vec<Refers> = Vec::new();
    each_from(values, "", &mut |argument, from| {
        for (address, end) in ends {
            let Some(attribute) = attribute(from, address) else {
                continue;
            };
            let is_known = found
                .iter()
                .any(|one| one.argument == argument && one.to == *end && one.attribute == attribute);
            if !is_known {
                found.push(Refers {
                    argument: argument.to_owned(),
                    to: end.clone(),
                    attribute: attribute.to_owned(),
                });
            }
        }
    });
    found
}

fn each_from(value: &Value, path: &str, found: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| each_from(element, path, found)),
        Value::Object(members) => {
            let from = value.get("from").and_then(Value::as_array).unwrap_or_default();
            from.iter().filter_map(Value::as_str).for_each(|from| found(path, from));
            for (name, value) in members.iter().filter(|(name, _)| ***name != *"from") {
                let path = match path {
                    "" => name.to_string(),
                    path => format!("{path}.{name}"),
                };
                each_from(value, &path, found);
            }
        }
        _ => {}
    }
}
