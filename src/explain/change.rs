//! The smallest change with which a policy passes, found by trying: each is judged by the engine.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::example::{self, Brought, Companion};
use super::reads::{self, Part};
use super::{Case, Place, Ruling, hcl, judge};
use crate::engine::{self, Document, EngineError, Finding, Step, Tried};
use crate::model::Value;

/// The most changes that are judged, and the time for all of them.
const MOST: usize = 400;
const TIME: Duration = Duration::from_secs(8);
/// The most values of a resource that are changed, each alone.
const LEAVES: usize = 60;
/// The most constants of a policy that are tried in a place.
const CONSTANTS: usize = 24;
/// Changes of one value are tried by two where there are not more of them.
const PAIRED: usize = 24;

/// A change with which the policy was seen to pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The HCL to write; what is left out of a block stays as it is.
    pub hcl: String,
}

/// A change to be tried.
#[derive(Clone)]
struct Candidate {
    /// How many lines it takes.
    size: usize,
    edits: Vec<(Vec<Part>, Value)>,
    /// The indices of the example's companions that it adds.
    adds: Vec<usize>,
    hcl: Option<String>,
}

/// The smallest change with which nothing is said of the resource, or of that key of it; and how many were judged.
pub(super) fn smallest(
    case: &Case,
    tried: &Tried,
    place: Place,
    key: Option<&str>,
    findings: &[Finding],
) -> Result<(Option<Change>, usize), EngineError> {
    let brought = match &case.policy.example {
        Some(example) => example::bring(example, place),
        None => Brought::default(),
    };
    let mut candidates = of_findings(place, findings);
    let singles = of_values(case, place, findings);
    let pairs = if singles.len() <= PAIRED {
        pairs(&singles)
    } else {
        Vec::new()
    };
    candidates.extend(singles);
    candidates.extend(of_example(case, place, &brought, findings));
    candidates.sort_by_key(|candidate| candidate.size);
    // Two changes at once only where no single one will do.
    candidates.extend(pairs);
    let until = Instant::now() + TIME;
    let mut count = 0;
    for candidate in candidates.iter().take(MOST) {
        if Instant::now() > until {
            break;
        }
        let document = changed(case, place, &brought.companions, candidate)?;
        count += 1;
        // A change that breaks the policy is none.
        let Ok(verdicts) = judge(tried, &document, &case.limits) else {
            continue;
        };
        if case.standing(&verdicts, &place.resource.address, key).ruling == Ruling::Pass
            && has_no_new(&verdicts, place, key, findings)
        {
            return Ok((
                Some(Change {
                    hcl: written(place, &brought.companions, candidate),
                }),
                count,
            ));
        }
    }
    Ok((None, count))
}

/// Whether nothing is said of another key that was not said before, where only one is to pass.
fn has_no_new(verdicts: &engine::Verdicts, place: Place, key: Option<&str>, findings: &[Finding]) -> bool {
    if key.is_some() {
        return true;
    }
    let known: BTreeSet<_> = findings.iter().map(|finding| &finding.key).collect();
    let said = verdicts.deny.iter().chain(&verdicts.unknown);
    said.filter(|finding| finding.address == place.resource.address)
        .all(|finding| known.contains(&finding.key))
}

fn changed(
    case: &Case,
    place: Place,
    companions: &[Companion],
    candidate: &Candidate,
) -> Result<Document, EngineError> {
    let own = || {
        vec![
            Step::Name(place.section.to_owned()),
            Step::Name(place.resource.kind.to_string()),
            Step::Place(place.position),
        ]
    };
    let mut document = case.document.clone();
    let mut values = place.resource.values.clone();
    for (path, value) in &candidate.edits {
        set(&mut values, path, value);
    }
    if !candidate.edits.is_empty() {
        let mut steps = own();
        steps.push(Step::Name("values".to_owned()));
        document = document.with(&steps, &values)?;
        // What is written now is no reference any more.
        for (path, value) in candidate.edits.iter().filter(|(_, value)| !value.is_null()) {
            let [Part::Name(name), ..] = &path[..] else { continue };
            let mut steps = own();
            steps.extend([Step::Name("config".to_owned()), Step::Name(name.clone())]);
            document = document.with(&steps, &Value::object([("constant", value.clone())]))?;
        }
    }
    let added: Vec<&Companion> = candidate.adds.iter().map(|index| &companions[*index]).collect();
    let mut positions = Vec::new();
    for (index, companion) in added.iter().enumerate() {
        let section = if companion.is_data {
            &case.model.data
        } else {
            &case.model.resources
        };
        let before = added[..index]
            .iter()
            .filter(|other| other.is_data == companion.is_data && other.kind == companion.kind);
        positions.push(section.get(&companion.kind).map_or(0, Vec::len) + before.count());
    }
    let (resources, referrers) = example::placed(&added, &positions, place);
    for (steps, value) in &resources {
        document = document.with(steps, value)?;
    }
    for (kind, list) in referrers {
        let there = place.resource.referrers.get(&kind).map_or(0, Vec::len);
        for (index, referrer) in list.iter().enumerate() {
            let mut steps = own();
            steps.extend([
                Step::Name("referrers".to_owned()),
                Step::Name(kind.to_string()),
                Step::Place(there + index),
            ]);
            document = document.with(&steps, referrer)?;
        }
    }
    Ok(document)
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

fn written(place: Place, companions: &[Companion], candidate: &Candidate) -> String {
    let mut parts = Vec::new();
    if !candidate.edits.is_empty() {
        let body = candidate.hcl.clone().unwrap_or_else(|| {
            let settings = candidate
                .edits
                .iter()
                .map(|(path, value)| hcl::setting(path, value, &place.resource.values));
            settings.collect()
        });
        parts.push(hcl::block(place.resource, &body));
    }
    parts.extend(candidate.adds.iter().map(|index| companions[*index].hcl.clone()));
    parts.join("\n")
}

fn single(path: Vec<Part>, value: Value) -> Candidate {
    let nesting = path.iter().filter(|part| matches!(part, Part::Name(_))).count();
    Candidate {
        size: (2 * nesting).saturating_sub(1) + leaves_in(&value).saturating_sub(1),
        edits: vec![(path, value)],
        adds: Vec::new(),
        hcl: None,
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

/// What the findings expect, in its place. Where `expected` is for people it is no value.
fn of_findings(place: Place, findings: &[Finding]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut edits = Vec::new();
    for finding in findings {
        let Some(path) = finding
            .attribute
            .as_deref()
            .map(|attribute| concrete(place, &reads::path_of(attribute)))
        else {
            continue;
        };
        let is_value = match &finding.expected {
            Value::Null => false,
            Value::String(text) => !text.contains(' '),
            _ => true,
        };
        if is_value {
            edits.push((path.clone(), finding.expected.clone()));
            candidates.push(single(path, finding.expected.clone()));
        }
    }
    if edits.len() > 1 {
        candidates.push(Candidate {
            size: 2 * edits.len(),
            edits,
            adds: Vec::new(),
            hcl: None,
        });
    }
    candidates
}

/// A path with the place of the block where it leads through a list without saying which.
fn concrete(place: Place, path: &[Part]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for (index, part) in path.iter().enumerate() {
        let is_list = reads::at(&place.resource.values, &out).is_some_and(|value| value.as_array().is_some());
        if index > 0 && is_list && matches!(part, Part::Name(_)) && !matches!(out.last(), Some(Part::Place(_))) {
            out.push(Part::Place(0));
        }
        out.push(part.clone());
    }
    out
}

/// Each value that the policy may read changed alone: turned round, left out, or set to a constant of the policy.
fn of_values(case: &Case, place: Place, findings: &[Finding]) -> Vec<Candidate> {
    let names = reads::names(case.policy, case.libraries, findings);
    let constants = constants(case);
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
            (false, _) => std::mem::discriminant(constant) == std::mem::discriminant(&found),
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
        if in_list || !found.is_null() {
            // To leave something out is the larger change, by what is lost.
            let mut left_out = single(path.clone(), Value::Null);
            left_out.size += 1 + leaves_in(&found);
            candidates.push(left_out);
        }
    }
    candidates
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
                adds: Vec::new(),
                hcl: None,
            });
        }
    }
    pairs.sort_by_key(|pair| pair.size);
    pairs
}

/// What the example writes: each argument alone, those of the findings together; each resource that stands beside it
/// with the data sources, and all of them.
fn of_example(case: &Case, place: Place, brought: &Brought, findings: &[Finding]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let names = reads::names(case.policy, case.libraries, findings);
    let is_read = |argument: &str| {
        names
            .keys()
            .any(|path| matches!(&path[..], [Part::Name(first), ..] if first == argument))
    };
    let read: Vec<_> = brought
        .arguments
        .iter()
        .filter(|(argument, ..)| is_read(argument))
        .collect();
    let with = |arguments: &[&(String, Value, String)]| {
        let hcl: String = arguments.iter().map(|(_, _, hcl)| hcl.as_str()).collect();
        Candidate {
            size: hcl.lines().count(),
            edits: arguments
                .iter()
                .map(|(name, value, _)| (vec![Part::Name(name.clone())], value.clone()))
                .collect(),
            adds: Vec::new(),
            hcl: Some(hcl),
        }
    };
    candidates.extend(read.iter().map(|argument| with(&[argument])));
    if read.len() > 1 {
        candidates.push(with(&read));
    }
    let companions = &brought.companions;
    let lines = |adds: &[usize]| adds.iter().map(|index| companions[*index].hcl.lines().count()).sum();
    let add = |adds: Vec<usize>| Candidate {
        size: lines(&adds),
        edits: Vec::new(),
        adds,
        hcl: None,
    };
    // Data sources alone change nothing.
    let is_beside = |companion: &Companion| !companion.is_data && companion.kind != place.resource.kind;
    for (index, companion) in companions
        .iter()
        .enumerate()
        .filter(|(_, companion)| is_beside(companion))
    {
        candidates.push(add(needed(companions, companion, index)));
    }
    if companions.len() > 1 {
        let all: Vec<usize> = (0..companions.len()).collect();
        candidates.push(add(all.clone()));
        if !read.is_empty() {
            let own = with(&read);
            candidates.push(Candidate {
                size: own.size + lines(&all),
                adds: all,
                ..own
            });
        }
    }
    candidates
}

/// A companion and the data sources that it reads, in the order of the example.
fn needed(companions: &[Companion], companion: &Companion, index: usize) -> Vec<usize> {
    let is_needed = |other: &Companion| {
        let address = format!("data.{}.{}", other.kind, other.name);
        other.is_data && companion.reads.iter().any(|(_, data, _)| *data == address)
    };
    let others = companions
        .iter()
        .enumerate()
        .filter(|(_, other)| is_needed(other))
        .map(|(at, _)| at);
    let mut needed: Vec<usize> = others.chain([index]).collect();
    needed.sort_by_key(|at| (!companions[*at].is_data, *at));
    needed
}
