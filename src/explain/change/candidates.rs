//! The changes that are tried: of what is known to be wrong, of what the policy reads, and of what its example shows.

use std::collections::BTreeSet;

use super::Candidate;
use super::example::{Argument, Brought, Companion, End, Refers, froms};
use crate::author::{Mode, Schema};
use crate::engine::Finding;
use crate::explain::reads::{self, Names, Part};
use crate::explain::{Case, Place};
use crate::model::Value;

/// The most values of a resource that are changed, each alone.
const LEAVES: usize = 60;
/// The most constants of a policy that are tried in a place.
const CONSTANTS: usize = 24;
/// Changes of one value are tried by two where there are not more of them.
const PAIRED: usize = 24;

/// Changes to one resource, the smallest first; two at once only behind all that change one thing.
pub(super) fn of_resource(
    case: &Case,
    place: Place,
    brought: &[Brought],
    findings: &[Finding],
) -> Vec<(usize, Candidate)> {
    let names = reads::names(case.policy, case.libraries, findings);
    let singles = of_values(case, place, &names, findings);
    let pairs = match singles.len() <= PAIRED {
        true => pairs(&singles),
        false => Vec::new(),
    };
    let mut all: Vec<(usize, Candidate)> = Vec::new();
    all.extend(
        of_findings(place, findings)
            .into_iter()
            .chain(singles)
            .map(|one| (0, one)),
    );
    for (index, brought) in brought.iter().enumerate() {
        let shown = of_arguments(brought, &names)
            .into_iter()
            .chain(of_leaves(place, brought, &names))
            .chain(of_companions(Some(place), &brought.companions));
        all.extend(shown.map(|one| (index, one)));
        all.extend(of_both(brought, &names).map(|one| (index, one)));
    }
    all.extend(pairs.into_iter().map(|mut pair| {
        pair.size += 1 << 16;
        (0, pair)
    }));
    all.retain(|(_, one)| is_valid(place, one));
    all
}

/// Whether Terraform would take it: the provider knows what is set, nothing within a text of JSON is, which the model has
/// taken apart, no list of values is left without one, and no version becomes one of something else.
fn is_valid(place: Place, candidate: &Candidate) -> bool {
    let values = &place.resource.values;
    let is_within_text = |path: &[Part]| path.len() > 1 && is_document(reads::at(values, &path[..1]));
    let is_of_values = |list: &[Value]| {
        let is_one = |element: &Value| reads::is_marker(element) || element.as_object().is_none();
        !list.is_empty() && list.iter().all(is_one)
    };
    let empties = |(path, value): &(Vec<Part>, Value)| match path.split_last() {
        Some((Part::Name(_), [])) if value.is_null() => {
            let list = reads::at(values, path).and_then(Value::as_array);
            list.is_some_and(is_of_values)
        }
        Some((Part::Place(_), list)) if value.is_null() => {
            let list = reads::at(values, list).and_then(Value::as_array).unwrap_or_default();
            list.len() < 2 && is_of_values(list)
        }
        _ => false,
    };
    let is_other = |(path, value): &(Vec<Part>, Value)| {
        let found = reads::at(values, path).filter(|found| found.as_str().is_some());
        value.as_str().is_some() && found.is_some_and(|found| !is_of_family(value, found))
    };
    if candidate
        .edits
        .iter()
        .any(|edit| is_within_text(&edit.0) || empties(edit) || is_other(edit))
    {
        return false;
    }
    candidate
        .edits
        .iter()
        .filter(|(_, value)| !value.is_null())
        .all(|(path, _)| {
            let names: Vec<&str> = path.iter().filter_map(Part::name).collect();
            let known = Schema::aws().no_argument(Mode::Managed, &place.resource.kind, &names);
            known.is_none()
        })
}

/// Whether a value is a document of IAM.
fn is_document(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.get("Statement").is_some())
}

fn single(path: Vec<Part>, value: Value) -> Candidate {
    let nesting = path.iter().filter_map(Part::name).count();
    Candidate {
        size: (2 * nesting).saturating_sub(1) + leaves_in(&value).saturating_sub(1),
        edits: vec![(path, value)],
        ..Candidate::default()
    }
}

fn leaves_in(value: &Value) -> usize {
    match value {
        Value::Array(elements) if elements.iter().any(|element| element.as_object().is_some()) => {
            elements.iter().map(|element| 2 + leaves_in(element)).sum()
        }
        Value::Object(members) => members.values().map(leaves_in).sum(),
        _ => 1,
    }
}

/// The value that a finding expects; none where `expected` is for people.
pub(super) fn expected(finding: &Finding) -> Option<&Value> {
    match &finding.expected {
        Value::Null => None,
        Value::String(text) if text.contains(' ') => None,
        value => Some(value),
    }
}

/// What the findings expect, in its place.
fn of_findings(place: Place, findings: &[Finding]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut edits = Vec::new();
    for finding in findings {
        let (Some(attribute), Some(value)) = (finding.attribute.as_deref(), expected(finding)) else {
            continue;
        };
        let path = concrete(place, &reads::path_of(attribute));
        edits.push((path.clone(), value.clone()));
        candidates.push(single(path, value.clone()));
    }
    if edits.len() > 1 {
        candidates.push(Candidate {
            size: 2 * edits.len(),
            edits,
            ..Candidate::default()
        });
    }
    candidates.extend(findings.iter().filter_map(|finding| tags(place, finding)));
    candidates
}

/// The tags that a finding expects and the resource lacks, each with a text to replace.
fn tags(place: Place, finding: &Finding) -> Option<Candidate> {
    const TAGS: &str = "tags";
    if finding.attribute.as_deref() != Some(TAGS) {
        return None;
    }
    let expected = finding.expected.as_array()?.iter().filter_map(Value::as_str);
    let path = |all: &str, name: &str| [all, name].map(|part| Part::Name(part.to_owned())).to_vec();
    let missing = expected.filter(|name| {
        let found = reads::at(&place.resource.values, &path(TAGS, name));
        found.and_then(Value::as_str).is_none_or(|text| text.trim().is_empty())
    });
    let edits: Vec<(Vec<Part>, Value)> = missing.map(|name| (path(TAGS, name), Value::from("..."))).collect();
    (!edits.is_empty()).then(|| Candidate {
        size: 2 + edits.len(),
        edits,
        ..Candidate::default()
    })
}

/// A path with the place of the block where it leads through a list without saying which.
fn concrete(place: Place, path: &[Part]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for (index, part) in path.iter().enumerate() {
        let is_list = reads::at(&place.resource.values, &out).is_some_and(|value| value.as_array().is_some());
        if index > 0 && is_list && part.name().is_some() && !matches!(out.last(), Some(Part::Place(_))) {
            out.push(Part::Place(0));
        }
        out.push(part.clone());
    }
    out
}

/// Each value that the policy may read changed alone: turned round, set to a constant of the policy, or left out of its
/// list. No argument is left out: what it was for would go with it.
fn of_values(case: &Case, place: Place, names: &Names, findings: &[Finding]) -> Vec<Candidate> {
    let constants = constants(case);
    let faults = findings.iter().filter_map(|finding| finding.attribute.as_deref());
    let faults: Vec<Vec<Part>> = faults.map(|path| concrete(place, &reads::path_of(path))).collect();
    let values = &place.resource.values;
    let mut leaves = Vec::new();
    for path in names.keys() {
        let [Part::Name(first), ..] = &path[..] else { continue };
        if values.get(first).is_none() && place.resource.config.get(first).is_none() {
            continue;
        }
        let path = concrete(place, path);
        let found = reads::at(values, &path).cloned().unwrap_or_default();
        leaf_paths(&path, &found, &mut leaves);
    }
    leaves.sort();
    leaves.dedup();
    let mut candidates = Vec::new();
    for (path, in_list) in leaves.into_iter().take(LEAVES) {
        let found = reads::at(values, &path).cloned().unwrap_or_default();
        let is_open = found.is_null() || reads::is_marker(&found);
        // Of what has no value, the one that the policy takes it for tells the type.
        let fallback = names
            .iter()
            .find(|(name, _)| concrete(place, name) == path)
            .and_then(|(_, fallback)| fallback.as_deref());
        let mut others: Vec<Value> = match (&found, fallback) {
            (Value::Bool(flag), _) => vec![Value::Bool(!flag)],
            (Value::String(text), _) if &**text == "true" => vec![Value::from("false")],
            (Value::String(text), _) if &**text == "false" => vec![Value::from("true")],
            (_, Some("true" | "false")) if is_open => vec![Value::Bool(true), Value::Bool(false)],
            _ => Vec::new(),
        };
        let is_alike = |constant: &Value| match (is_open, fallback) {
            // A number of the policy is one for what is at fault, and not for any number that it reads.
            (false, _) if matches!(constant, Value::Number(_)) => {
                matches!(found, Value::Number(_)) && faults.contains(&path)
            }
            (false, _) => constant.as_str().is_some() && is_of_family(constant, &found),
            (true, Some(text)) if text.starts_with('"') => constant.as_str().is_some(),
            (true, Some(text)) => text.parse::<f64>().is_ok() && matches!(constant, Value::Number(_)),
            (true, None) => false,
        };
        if is_open || found.as_str().is_some() || matches!(found, Value::Number(_)) {
            let alike = constants.iter().filter(|constant| is_alike(constant));
            others.extend(alike.take(CONSTANTS).cloned());
        }
        candidates.extend(
            others
                .into_iter()
                .filter(|other| *other != found)
                .map(|value| single(path.clone(), value)),
        );
        if in_list {
            // To leave something out is the larger change, by what is lost.
            let mut left_out = single(path.clone(), Value::Null);
            left_out.size += 1 + leaves_in(&found);
            candidates.push(left_out);
        }
    }
    candidates
}

/// Whether one text may stand for another: of two versions, as `nodejs24.x` and `python3.13`, only those of one thing.
fn is_of_family(one: &Value, other: &Value) -> bool {
    let family = |text: &Value| {
        let text = text.as_str()?.to_owned();
        let letters = text.find(|next: char| !next.is_ascii_alphabetic())?;
        text[letters..]
            .starts_with(|next: char| next.is_ascii_digit())
            .then(|| text[..letters].to_owned())
    };
    other.as_str().is_some() && family(one).zip(family(other)).is_none_or(|(one, other)| one == other)
}

/// The paths of what can be changed alone in a value, each with whether it is an element of a list.
fn leaf_paths(path: &[Part], value: &Value, found: &mut Vec<(Vec<Part>, bool)>) {
    if found.len() >= LEAVES {
        return;
    }
    let in_list = matches!(path.last(), Some(Part::Place(_)));
    match value {
        Value::Array(elements) => {
            found.push((path.to_vec(), in_list));
            for (index, element) in elements.iter().enumerate() {
                let mut path = path.to_vec();
                path.push(Part::Place(index));
                leaf_paths(&path, element, found);
            }
        }
        Value::Object(members) if !reads::is_marker(value) => {
            if in_list {
                found.push((path.to_vec(), true));
            }
            for (name, member) in members {
                let mut path = path.to_vec();
                path.push(Part::Name(name.to_string()));
                leaf_paths(&path, member, found);
            }
        }
        _ => found.push((path.to_vec(), in_list)),
    }
}

/// The texts and numbers that the policy's parameters have. Those that stand in its rules are tried nowhere: what they are
/// compared with is not known, and a change that passes need not be one that Terraform takes.
fn constants(case: &Case) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let own = case.model.params.get(&case.policy.id).and_then(Value::as_object);
    for param in own.into_iter().flatten().map(|(_, value)| value) {
        match param {
            Value::Array(list) => found.extend(list.iter().filter(|value| value.as_object().is_none()).cloned()),
            Value::String(_) | Value::Number(_) => found.push(param.clone()),
            _ => {}
        }
    }
    let mut unique: Vec<Value> = Vec::new();
    for value in found {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

fn pairs(singles: &[Candidate]) -> Vec<Candidate> {
    let mut pairs = Vec::new();
    for (index, one) in singles.iter().enumerate() {
        for other in singles[index + 1..]
            .iter()
            .filter(|other| other.edits[0].0 != one.edits[0].0)
        {
            pairs.push(Candidate {
                size: one.size + other.size,
                edits: [one.edits.clone(), other.edits.clone()].concat(),
                ..Candidate::default()
            });
        }
    }
    pairs
}

/// The arguments of the example that the policy reads.
fn read<'b>(brought: &'b Brought, names: &Names) -> Vec<&'b Argument> {
    let is_read = |argument: &&Argument| {
        let first = |path: &Vec<Part>| path.first().and_then(Part::name) == Some(argument.name.as_str());
        names.keys().any(first)
    };
    brought.arguments.iter().filter(is_read).collect()
}

/// These arguments as the example has them, with what they refer to.
fn with(brought: &Brought, arguments: &[&Argument]) -> Candidate {
    let hcl: String = arguments.iter().map(|argument| argument.hcl.as_str()).collect();
    let refers: Vec<Refers> = arguments.iter().flat_map(|argument| argument.refers.clone()).collect();
    let adds = needed(&brought.companions, ends(&refers));
    Candidate {
        size: hcl.lines().count() + lines(&brought.companions, &adds),
        edits: arguments
            .iter()
            .map(|argument| (vec![Part::Name(argument.name.clone())], argument.value.clone()))
            .collect(),
        adds,
        refers,
        hcl: Some(hcl),
    }
}

/// Each argument of the example alone, and those that the policy reads together.
fn of_arguments(brought: &Brought, names: &Names) -> Vec<Candidate> {
    let read = read(brought, names);
    let mut candidates: Vec<Candidate> = read.iter().map(|argument| with(brought, &[argument])).collect();
    if read.len() > 1 {
        candidates.push(with(brought, &read));
    }
    candidates
}

/// What the example has within a block or a map, in each block of the resource; and all of a map.
fn of_leaves(place: Place, brought: &Brought, names: &Names) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for argument in read(brought, names) {
        let mut leaves = Vec::new();
        leaf_paths(&[Part::Name(argument.name.clone())], &argument.value, &mut leaves);
        let nested = leaves.into_iter().filter(|(path, in_list)| path.len() > 1 && !in_list);
        let nested: Vec<(Vec<Part>, Value)> = nested
            .filter_map(|(path, _)| Some((path.clone(), reads::at(&brought_value(argument), &path)?.clone())))
            .filter(|(_, value)| value.as_object().is_none() && value.as_array().is_none())
            .collect();
        for (path, value) in &nested {
            let paths = everywhere(place, path).into_iter().filter(|path| is_there(place, path));
            candidates.extend(paths.map(|path| single(path, value.clone())));
        }
        let missing: Vec<(Vec<Part>, Value)> = nested
            .into_iter()
            .filter(|(path, _)| is_there(place, path))
            .filter(|(path, _)| reads::at(&place.resource.values, path).is_none_or(Value::is_null))
            .collect();
        if missing.len() > 1 {
            candidates.push(Candidate {
                size: 2 + missing.len(),
                edits: missing,
                ..Candidate::default()
            });
        }
    }
    candidates
}

/// Whether the resource has the block or the map that a path ends in: one that it has not may need more than that.
fn is_there(place: Place, path: &[Part]) -> bool {
    let within = path.split_last().map(|(_, within)| within).unwrap_or_default();
    let block = reads::at(&place.resource.values, within);
    block.is_some_and(|block| block.as_object().is_some() && !reads::is_marker(block))
}

fn brought_value(argument: &Argument) -> Value {
    Value::Object([(argument.name.as_str().into(), argument.value.clone())].into())
}

/// A path of an example in each block that the resource has where the example has one.
fn everywhere(place: Place, path: &[Part]) -> Vec<Vec<Part>> {
    let mut paths: Vec<Vec<Part>> = vec![Vec::new()];
    for part in path {
        let each = |path: Vec<Part>| -> Vec<Vec<Part>> {
            let count = match part {
                Part::Name(_) => 1,
                Part::Place(_) => reads::at(&place.resource.values, &path)
                    .and_then(Value::as_array)
                    .map_or(1, |blocks| blocks.len().max(1)),
            };
            let step = |index| match part {
                Part::Name(name) => Part::Name(name.clone()),
                Part::Place(_) => Part::Place(index),
            };
            (0..count)
                .map(|index| [path.clone(), vec![step(index)]].concat())
                .collect()
        };
        paths = paths.into_iter().flat_map(each).take(LEAVES).collect();
    }
    paths
}

/// What stands beside the resource, or in the plan: each block of the example with what it refers to, and all of them.
pub(super) fn of_companions(place: Option<Place>, companions: &[Companion]) -> Vec<Candidate> {
    let add = |adds: Vec<usize>| Candidate {
        size: lines(companions, &adds),
        adds,
        ..Candidate::default()
    };
    // Data sources alone change nothing.
    let is_beside = |companion: &Companion| {
        let is_like = place.is_some_and(|place| companion.kind == place.resource.kind);
        !companion.is_data && !companion.is_stand_in && !is_like
    };
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, _) in companions.iter().enumerate().filter(|(_, one)| is_beside(one)) {
        candidates.push(add(needed(companions, vec![index])));
    }
    if candidates.len() > 1 {
        candidates.push(add((0..companions.len()).collect()));
    }
    candidates
}

/// The arguments that the policy reads and all that stands beside the resource.
fn of_both(brought: &Brought, names: &Names) -> Option<Candidate> {
    let read = read(brought, names);
    if read.is_empty() || brought.companions.is_empty() {
        return None;
    }
    let adds: Vec<usize> = (0..brought.companions.len()).collect();
    let own = with(brought, &read);
    Some(Candidate {
        size: own.hcl.as_ref().map_or(0, |hcl| hcl.lines().count()) + lines(&brought.companions, &adds),
        adds,
        ..own
    })
}

fn lines(companions: &[Companion], adds: &[usize]) -> usize {
    adds.iter().map(|index| companions[*index].hcl.lines().count()).sum()
}

fn ends(refers: &[Refers]) -> Vec<usize> {
    let index = |refers: &Refers| match &refers.to {
        End::Companion(index) => Some(*index),
        _ => None,
    };
    refers.iter().filter_map(index).collect()
}

/// Companions and all that they refer to, in the order of the example, the data sources first.
fn needed(companions: &[Companion], mut open: Vec<usize>) -> Vec<usize> {
    let mut found = BTreeSet::new();
    while let Some(index) = open.pop() {
        if found.insert(index) {
            open.extend(ends(&companions[index].refers));
            // What it depends on by name only is no value.
            let hcl = &companions[index].hcl;
            let is_named = |other: &Companion| hcl.contains(&format!("{}.{}", other.kind, other.name));
            open.extend(
                companions
                    .iter()
                    .enumerate()
                    .filter(|(_, other)| is_named(other))
                    .map(|(at, _)| at),
            );
        }
    }
    let mut needed: Vec<usize> = found.into_iter().collect();
    needed.sort_by_key(|index| (!companions[*index].is_data, *index));
    needed
}

/// Whether a value can be written as it is: it comes from nothing.
pub(super) fn is_plain(value: &Value) -> bool {
    froms(value).is_empty() && !reads::is_marker(value)
}
