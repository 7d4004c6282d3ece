//! What policies judge, as it is handed to them: to those of this process as a value of the engine, to those apart as
//! lines of JSON.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::thread;

use regorus::Value;
use serde::de::DeserializeSeed;
use serde_json::Deserializer;

use super::input::{self, MAX_DEPTH, Names, Refused, interned, too_deep};
use super::reader::Reader;
use crate::abreast;
use crate::model::{self, ByType, Model, Needed, Needs, Part, Resource};

/// So many resources are written at a time, and are worth a thread of their own.
const SHARE: usize = 250;

/// How many lists and objects a resource is in: the document, the section, the list of its type.
const RESOURCE_DEPTH: usize = 3;

/// The document that policies judge.
pub(super) enum Handed {
    /// Any that can be an input.
    Value(Value),
    /// The model of a plan.
    Model(Box<Taken>),
}

/// A model that was taken apart.
pub(super) struct Taken {
    pub(super) model: Model,
    /// What was taken out of it: the resources of each section.
    sections: [(&'static str, ByType); 3],
    /// What the policies see of it.
    needs: Needs,
}

/// The last line: what lacks it was cut short, and less would be judged.
const END: &[u8] = b"\nnull";

impl Handed {
    pub(super) fn model(mut model: Model, needs: Needs) -> Self {
        let sections = [
            ("resources", std::mem::take(&mut model.resources)),
            ("data", std::mem::take(&mut model.data)),
            ("removed", std::mem::take(&mut model.removed)),
        ];
        Handed::Model(Box::new(Taken { model, sections, needs }))
    }

    /// How many resources that exist are in it, of the types that are needed.
    pub(super) fn resources(&self, needs: &Needs) -> usize {
        match self {
            Handed::Value(value) => input::resources(value),
            Handed::Model(taken) => {
                let [(_, resources), ..] = &taken.sections;
                let needed = resources.iter().filter(|(kind, _)| needs.has(kind));
                needed.map(|(_, list)| list.len()).sum()
            }
        }
    }

    /// The engine's value of it. A model is taken apart for it: what is written is let go, and texts are shared.
    pub(super) fn into_value(self) -> Result<Value, Refused> {
        let Taken { model, sections, needs } = match self {
            Handed::Value(value) => return Ok(value),
            Handed::Model(taken) => *taken,
        };
        let mut document = input::value(&model)?;
        let types = sections.into_iter().flat_map(|(section, types)| {
            let types = types.into_iter();
            types.map(move |(kind, resources)| ([Arc::from(section), kind], resources))
        });
        let (places, resources): (Vec<[Arc<str>; 2]>, Vec<_>) = types.unzip();
        for (at, list) in places.into_iter().zip(lists(resources, &needs)?) {
            place(&mut document, at, list)?;
        }
        Ok(document)
    }

    /// Takes it apart while others go on: of a large plan that takes a while.
    pub(super) fn let_go(self) {
        // Where no thread can be had, it is done here.
        drop(thread::Builder::new().spawn(move || drop(self)));
    }

    /// Writes it for [`read`], as far as it is needed.
    pub(super) fn write(&self, needs: &Needs, out: &mut dyn Write) -> io::Result<()> {
        let sections = match self {
            Handed::Value(value) => {
                serde_json::to_writer(&mut *out, value)?;
                &[][..]
            }
            Handed::Model(taken) => {
                serde_json::to_writer(&mut *out, &taken.model)?;
                &taken.sections[..]
            }
        };
        for (section, types) in sections {
            for (kind, resources) in types.iter().filter(|(kind, _)| needs.has(kind)) {
                out.write_all(b"\n")?;
                serde_json::to_writer(&mut *out, &(section, kind))?;
                for resource in resources {
                    out.write_all(b"\n")?;
                    serde_json::to_writer(&mut *out, &Needed(resource, needs))?;
                }
            }
        }
        out.write_all(END)
    }
}

/// The engine's value of what [`Handed::write`] wrote: the document, and line by line the resources that belong in it.
pub(super) fn read(mut lines: impl BufRead) -> io::Result<Value> {
    let mut names = Names::new();
    let mut line = Vec::new();
    let mut next = |names: &mut Names, depth| -> io::Result<Option<Line>> {
        line.clear();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if depth > 0 && line.starts_with(b"[") {
            return Ok(Some(Line::List(serde_json::from_slice(&line)?)));
        }
        let value = Reader { names, depth }.deserialize(&mut Deserializer::from_slice(&line))?;
        Ok(Some(Line::Value(value)))
    };
    let Some(Line::Value(mut document)) = next(&mut names, 0)? else {
        return Err(io::Error::other("there is nothing to judge"));
    };
    let mut lists: Vec<([Arc<str>; 2], Vec<Value>)> = Vec::new();
    let mut is_whole = false;
    while let Some(line) = next(&mut names, RESOURCE_DEPTH)? {
        match (line, lists.last_mut()) {
            (Line::List(place), _) => lists.push((place, Vec::new())),
            (Line::Value(Value::Null), _) => {
                is_whole = true;
                break;
            }
            (Line::Value(resource), Some((_, list))) => list.push(resource),
            (Line::Value(_), None) => return Err(io::Error::other("a resource stands in no list")),
        }
    }
    if !is_whole {
        return Err(io::Error::other("what was handed over ends early"));
    }
    for (at, list) in lists {
        place(&mut document, at, Value::from(list)).map_err(io::Error::other)?;
    }
    Ok(document)
}

/// Puts the resources of a type into a section of the document.
fn place(document: &mut Value, [section, kind]: [Arc<str>; 2], list: Value) -> Result<(), Refused> {
    let members = document.as_object_mut().map_err(|error| Refused(error.to_string()))?;
    let section = members.get_or_insert_with(Value::String(section), Value::new_object);
    let types = section.as_object_mut().map_err(|error| Refused(error.to_string()))?;
    types.insert(Value::String(kind), list);
    Ok(())
}

enum Line {
    /// A list begins: the member of the document and the type that it is of.
    List([Arc<str>; 2]),
    /// The document, or a resource of the list.
    Value(Value),
}

/// The resources of several lists, by as many threads as they are worth.
fn lists(lists: Vec<Vec<Resource>>, needs: &Needs) -> Result<Vec<Value>, Refused> {
    let mut written: Vec<Vec<Value>> = lists.iter().map(|list| Vec::with_capacity(list.len())).collect();
    let total: usize = lists.iter().map(Vec::len).sum();
    let pieces = lists.into_iter().enumerate().flat_map(|(list, resources)| {
        let mut resources = resources.into_iter();
        std::iter::from_fn(move || {
            let piece: Vec<Resource> = resources.by_ref().take(SHARE).collect();
            (!piece.is_empty()).then_some((list, piece))
        })
    });
    for (list, piece) in abreast::each(pieces, total / SHARE, |(list, piece)| (list, all(piece, needs))) {
        written[list].append(&mut piece?);
    }
    Ok(written.into_iter().map(Value::from).collect())
}

fn all(resources: Vec<Resource>, needs: &Needs) -> Result<Vec<Value>, Refused> {
    let mut names = Names::new();
    let mut configs: HashMap<*const model::Value, Value> = HashMap::new();
    let mut written = Vec::with_capacity(resources.len());
    for mut resource in resources {
        let [values, before] = [&mut resource.values, &mut resource.before].map(std::mem::take);
        let config = std::mem::take(&mut resource.config);
        let mut value = input::value_within(&Needed(&resource, needs), RESOURCE_DEPTH, &mut names)?;
        let members = value.as_object_mut().map_err(|error| Refused(error.to_string()))?;
        let mut insert = |name, part| drop(members.insert(interned(&mut names, name), part));
        insert("values", values_of(values)?);
        if needs.has_part(Part::Before) {
            insert(Part::Before.name(), plain(before, RESOURCE_DEPTH + 1)?);
        }
        if needs.has_part(Part::Config) {
            // The instances of a resource share its configuration, here too.
            let config = match configs.entry(Arc::as_ptr(&config)) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(new) => new.insert(plain((*config).clone(), RESOURCE_DEPTH + 1)?).clone(),
            };
            insert(Part::Config.name(), config);
        }
        written.push(value);
    }
    Ok(written)
}

/// A resource's values. Those of `tags_all` are mostly those of `tags`, and then the same.
fn values_of(values: model::Value) -> Result<Value, Refused> {
    let depth = RESOURCE_DEPTH + 1;
    let model::Value::Object(members) = values else {
        return plain(values, depth);
    };
    let tags = members.get("tags").filter(|tags| members.get("tags_all") == Some(tags));
    let tags = tags.map(|tags| plain(tags.clone(), depth + 1)).transpose()?;
    let members = members.into_iter().map(|(name, member)| match (&*name, &tags) {
        ("tags" | "tags_all", Some(tags)) => Ok((Value::String(name), tags.clone())),
        _ => Ok((Value::String(name), plain(member, depth + 1)?)),
    });
    let members: BTreeMap<Value, Value> = members.collect::<Result<_, Refused>>()?;
    Ok(Value::from(members))
}

/// One of our values as one of the engine's; texts are shared, and so is what stands for what is not set.
fn plain(value: model::Value, depth: usize) -> Result<Value, Refused> {
    thread_local! {
        static UNSET: Value = Value::from(BTreeMap::from(
            ["unknown", "unset"].map(|mark| (Value::from(mark), Value::Bool(true))),
        ));
    }

    if depth >= MAX_DEPTH && matches!(value, model::Value::Array(_) | model::Value::Object(_)) {
        return Err(too_deep());
    }
    Ok(match value {
        unset if unset.is_unset() => UNSET.with(Value::clone),
        model::Value::Null => Value::Null,
        model::Value::Bool(flag) => Value::Bool(flag),
        model::Value::Number(number) => input::value(&number)?,
        model::Value::String(text) => Value::String(text),
        model::Value::Array(elements) => {
            let elements = elements.into_iter().map(|element| plain(element, depth + 1));
            Value::from(elements.collect::<Result<Vec<_>, _>>()?)
        }
        model::Value::Object(members) => {
            let members = members
                .into_iter()
                .map(|(name, member)| Ok((Value::String(name), plain(member, depth + 1)?)));
            Value::from(members.collect::<Result<BTreeMap<_, _>, Refused>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::model::State;
    use crate::plan;

    fn model() -> Model {
        let text = include_str!("../../testdata/quickstart/plan.json");
        model::build(&plan::parse(text).unwrap(), State::After, None)
    }

    fn handed() -> Handed {
        Handed::model(model(), Needs::all())
    }

    #[test]
    fn a_model_is_the_same_value_by_every_way() {
        let expected = input::value(&model()).unwrap();
        let mut lines = Vec::new();
        handed().write(&Needs::all(), &mut lines).unwrap();
        assert_eq!(read(&*lines).unwrap(), expected);
        assert_eq!(handed().into_value().unwrap(), expected);
        let mut lines = Vec::new();
        Handed::Value(expected.clone())
            .write(&Needs::all(), &mut lines)
            .unwrap();
        assert_eq!(read(&*lines).unwrap(), expected);
    }

    #[test]
    fn no_more_of_a_resource_is_handed_over_than_is_needed() {
        for part in Part::ALL {
            let mut needs = Needs::default();
            needs.add_all();
            needs.add_parts([*part].into_iter());
            let value = Handed::model(model(), needs.clone()).into_value().unwrap();
            let mut lines = Vec::new();
            handed().write(&needs, &mut lines).unwrap();
            assert_eq!(read(&*lines).unwrap(), value);
            let bucket = value["resources"]["aws_s3_bucket"][0].as_object().unwrap();
            let is_there = |part: &Part| bucket.contains_key(&Value::from(part.name()));
            let there: Vec<&Part> = Part::ALL.iter().filter(|part| is_there(part)).collect();
            // These are of the model, or not known of this plan.
            let is_absent = matches!(part, Part::Unresolved | Part::ReplacePaths | Part::Source);
            assert_eq!(there, if is_absent { vec![] } else { vec![part] });
        }
    }

    #[test]
    fn many_resources_keep_their_lists_and_their_order() {
        let mut many = model();
        for (number, list) in many.resources.values_mut().enumerate() {
            let first = list[0].clone();
            list.extend((0..200 * number).map(|at| Resource {
                address: Arc::from(format!("{}-{at}", first.address)),
                ..first.clone()
            }));
        }
        assert!(many.resource_count() > 4 * SHARE);
        let expected = input::value(&many).unwrap();
        let value = Handed::model(many, Needs::all()).into_value().unwrap();
        assert!(value == expected);
    }

    #[test]
    fn what_is_not_needed_is_not_written() {
        let mut lines = Vec::new();
        handed().write(&Needs::default(), &mut lines).unwrap();
        let value = read(&*lines).unwrap();
        assert_eq!(value["resources"], Value::new_object());
        assert_eq!(handed().resources(&Needs::default()), 0);
        assert_eq!(handed().resources(&Needs::all()), 12);
    }

    #[test]
    fn lines_that_are_no_document_are_refused() {
        for lines in [
            "",
            "{}\n{}",
            "{",
            "{}\n[\"a\"]",
            "{}",
            "{}\n[\"resources\", \"aws_vpc\"]\n",
        ] {
            assert!(read(lines.as_bytes()).is_err(), "{lines}");
        }
    }
}
