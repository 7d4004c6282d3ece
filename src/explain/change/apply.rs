//! A changed plan: its document with what a change edits and adds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Candidate;
use super::example::{Companion, End, Refers, froms};
use crate::engine::{Document, EngineError, Step};
use crate::explain::reads::{self, Part};
use crate::explain::{Case, Place};
use crate::model::{Map, Value};

/// The document of the plan with a change to a resource, or only with what it adds to the plan.
pub(super) fn changed(
    case: &Case,
    place: Option<Place>,
    companions: &[Companion],
    candidate: &Candidate,
) -> Result<Document, EngineError> {
    let mut document = case.document.clone();
    if let Some(place) = place.filter(|_| !candidate.edits.is_empty()) {
        let mut values = place.resource.values.clone();
        for (path, value) in &candidate.edits {
            set(&mut values, path, value);
        }
        let within = |names: &[&str]| {
            let mut steps = steps_of(place);
            steps.extend(names.iter().map(|name| Step::Name((*name).to_owned())));
            steps
        };
        document = document.with(&within(&["values"]), &values)?;
        for (path, value) in &candidate.edits {
            let [Part::Name(name), ..] = &path[..] else { continue };
            // What is written now refers to nothing else any more.
            let names: Vec<&str> = path.iter().filter_map(Part::name).collect();
            let (own, below) = (names.join("."), format!("{}.", names.join(".")));
            for argument in place.resource.references.keys() {
                if **argument == own || argument.starts_with(&below) {
                    document = document.with(&within(&["references", argument]), &Value::Array(Vec::new()))?;
                }
            }
            let from: Vec<Value> = froms(value).into_iter().map(Value::String).collect();
            let written = match from.is_empty() {
                _ if value.is_null() => continue,
                true => ("constant", value.clone()),
                false => ("references", Value::Array(from)),
            };
            document = document.with(&within(&["config", name]), &Value::object([written]))?;
        }
    }
    let added = Added {
        case,
        place,
        companions,
        spots: spots(case, place, companions, &candidate.adds),
    };
    for (steps, value) in added.all(&candidate.refers) {
        document = document.with(&steps, &value)?;
    }
    Ok(document)
}

/// Where a resource stands in the document, and what names it.
#[derive(Clone)]
struct Spot {
    address: Arc<str>,
    kind: Arc<str>,
    is_data: bool,
    position: usize,
}

impl Spot {
    fn of(place: Place) -> Self {
        Spot {
            address: place.resource.address.clone(),
            kind: place.resource.kind.clone(),
            is_data: place.section == "data",
            position: place.position,
        }
    }

    fn mode(&self) -> Value {
        Value::from(if self.is_data { "data" } else { "managed" })
    }

    /// One end of a reference by an attribute, as the other end has it.
    fn end(&self, attribute: &str, more: (&'static str, Value)) -> Value {
        Value::object([
            ("address", Value::String(self.address.clone())),
            ("mode", self.mode()),
            ("attribute", Value::from(attribute)),
            ("certain", Value::Bool(true)),
            ("position", Value::Number(self.position.into())),
            more,
        ])
    }
}

fn steps_of(place: Place) -> Vec<Step> {
    vec![
        Step::Name(place.section.to_owned()),
        Step::Name(place.resource.kind.to_string()),
        Step::Place(place.position),
    ]
}

/// The companions that are added, by index, each with the next free place of its type.
fn spots(case: &Case, place: Option<Place>, companions: &[Companion], adds: &[usize]) -> BTreeMap<usize, Spot> {
    let module = place.and_then(|place| place.resource.module.clone());
    let module = module.map_or(String::new(), |module| format!("{module}."));
    let mut spots: BTreeMap<usize, Spot> = BTreeMap::new();
    for index in adds {
        let companion = &companions[*index];
        let (section, data) = match companion.is_data {
            true => (&case.model.data, "data."),
            false => (&case.model.resources, ""),
        };
        let before = spots
            .values()
            .filter(|spot| spot.is_data == companion.is_data && spot.kind == companion.kind);
        let position = section.get(&companion.kind).map_or(0, Vec::len) + before.count();
        let spot = Spot {
            address: Arc::from(format!("{module}{data}{}.{}", companion.kind, companion.name)),
            kind: companion.kind.clone(),
            is_data: companion.is_data,
            position,
        };
        spots.insert(*index, spot);
    }
    spots
}

/// What is added to a document.
struct Added<'a> {
    case: &'a Case<'a>,
    place: Option<Place<'a>>,
    companions: &'a [Companion],
    spots: BTreeMap<usize, Spot>,
}

/// By the type that refers, the referrers of one resource.
type Referrers = BTreeMap<Arc<str>, Vec<Value>>;

impl Added<'_> {
    /// All steps and values to set, where the resource itself refers so.
    fn all(&self, own: &[Refers]) -> Vec<(Vec<Step>, Value)> {
        let mut referrers: BTreeMap<Arc<str>, Referrers> = BTreeMap::new();
        let mut all = Vec::new();
        if let Some(place) = self.place {
            for (argument, list) in self.references(&Spot::of(place), own, &mut referrers) {
                let mut steps = steps_of(place);
                steps.extend([Step::Name("references".to_owned()), Step::Name(argument.to_string())]);
                all.push((steps, list));
            }
        }
        let references: Vec<Map> = self
            .spots
            .iter()
            .map(|(index, spot)| self.references(spot, &self.companions[*index].refers, &mut referrers))
            .collect();
        for ((index, spot), references) in self.spots.iter().zip(references) {
            let own = referrers.remove(&spot.address).unwrap_or_default();
            let own = own.into_iter().map(|(kind, list)| (kind, Value::Array(list)));
            let value = self.resource(&self.companions[*index], spot, references, own.collect());
            let section = if spot.is_data { "data" } else { "resources" };
            let steps = [section, &*spot.kind].map(|name| Step::Name(name.to_owned()));
            all.push((steps.into_iter().chain([Step::Place(spot.position)]).collect(), value));
        }
        for (address, by_kind) in referrers {
            let Some(place) = self.case.resource(&address) else {
                continue;
            };
            for (kind, list) in by_kind {
                let there = place.resource.referrers.get(&kind).map_or(0, Vec::len);
                all.extend(list.into_iter().enumerate().map(|(index, referrer)| {
                    let mut steps = steps_of(place);
                    steps.extend([
                        Step::Name("referrers".to_owned()),
                        Step::Name(kind.to_string()),
                        Step::Place(there + index),
                    ]);
                    (steps, referrer)
                }));
            }
        }
        all
    }

    fn spot(&self, end: &End) -> Option<Spot> {
        match end {
            End::Own => self.place.map(Spot::of),
            End::Companion(index) => self.spots.get(index).cloned(),
            End::Planned(address) => self.case.resource(address).map(Spot::of),
        }
    }

    /// The references of one resource by argument; and it is a referrer of those that it refers to.
    fn references(&self, from: &Spot, refers: &[Refers], referrers: &mut BTreeMap<Arc<str>, Referrers>) -> Map {
        let mut references = Map::new();
        for Refers {
            argument,
            to,
            attribute,
        } in refers
        {
            let Some(to) = self.spot(to) else { continue };
            let list = references
                .entry(Arc::from(&**argument))
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(to.end(attribute, ("type", Value::String(to.kind.clone()))));
            }
            let by_kind = referrers.entry(to.address.clone()).or_default();
            let list = by_kind.entry(from.kind.clone()).or_default();
            list.push(from.end(attribute, ("argument", Value::from(&**argument))));
        }
        references
    }

    /// A companion as the document has resources.
    fn resource(&self, companion: &Companion, spot: &Spot, references: Map, referrers: Map) -> Value {
        // Where there is no resource to go by, it is with the provider of the first of its kind of names.
        let family = companion.kind.split('_').next().unwrap_or_default();
        let mut all = self
            .case
            .model
            .resources
            .iter()
            .filter(|(kind, _)| kind.starts_with(family));
        let like = self.place.map(|place| place.resource);
        let like = like.or_else(|| all.next().and_then(|(_, list)| list.first()));
        let text = |text: Option<&Arc<str>>| text.map_or(Value::Null, |text| Value::String(text.clone()));
        let action = if companion.is_data { "read" } else { "create" };
        Value::object([
            ("address", Value::String(spot.address.clone())),
            ("type", Value::String(companion.kind.clone())),
            ("name", Value::String(companion.name.clone())),
            (
                "module",
                text(self.place.and_then(|place| place.resource.module.as_ref())),
            ),
            ("index", Value::Null),
            ("provider", text(like.map(|like| &like.provider))),
            (
                "provider_config",
                text(like.and_then(|like| like.provider_config.as_ref())),
            ),
            ("mode", spot.mode()),
            ("actions", Value::Array(vec![Value::from(action)])),
            ("replaces", Value::Bool(false)),
            ("reason", Value::Null),
            ("previous_address", Value::Null),
            ("imported", Value::Bool(false)),
            ("drifted", Value::Bool(false)),
            ("values", companion.values.clone()),
            ("before", Value::Null),
            ("config", Value::Object(Map::new())),
            ("references", Value::Object(references)),
            ("referrers", Value::Object(referrers)),
        ])
    }
}

/// Puts a value at a path; null in a list takes the element out.
fn set(at: &mut Value, path: &[Part], value: &Value) {
    let Some((part, rest)) = path.split_first() else {
        *at = value.clone();
        return;
    };
    match part {
        Part::Name(name) => {
            if at.as_object().is_none() || reads::is_marker(at) {
                *at = Value::Object(Default::default());
            }
            if let Value::Object(members) = at {
                set(members.entry(name.as_str().into()).or_default(), rest, value);
            }
        }
        Part::Place(place) => {
            if at.as_array().is_none() {
                *at = Value::Array(Vec::new());
            }
            if let Value::Array(elements) = at {
                if rest.is_empty() && value.is_null() {
                    if *place < elements.len() {
                        elements.remove(*place);
                    }
                    return;
                }
                if *place >= elements.len() {
                    elements.push(Value::Null);
                }
                let last = elements.len() - 1;
                set(&mut elements[(*place).min(last)], rest, value);
            }
        }
    }
}
