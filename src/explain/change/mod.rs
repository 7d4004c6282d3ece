//! The smallest change with which a policy passes, found by trying: each is judged by the engine.

mod apply;
mod candidates;
mod example;
mod stated;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::reads::Part;
use super::{Case, Place, Ruling, hcl, judge};
use crate::engine::{self, Document, EngineError, Finding, Tried};
use crate::model::Value;
use crate::source::{Mode, snippet};
use example::{Brought, Companion, Refers};

/// The most changes that are judged, and the time for all of them.
const MOST: usize = 400;
const TIME: Duration = Duration::from_secs(8);
/// The most other resources that are changed, each alone.
const OTHERS: usize = 6;

/// A change with which the policy was seen to pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The HCL to write; what is left out of a block stays as it is.
    pub hcl: String,
}

/// A change to be tried.
#[derive(Clone, Default)]
struct Candidate {
    /// How many lines it takes.
    size: usize,
    edits: Vec<(Vec<Part>, Value)>,
    /// What the edits refer to.
    refers: Vec<Refers>,
    /// The indices of the example's companions that it adds.
    adds: Vec<usize>,
    hcl: Option<String>,
}

/// Where changes are tried, and what the example brings there.
struct Site<'a> {
    /// The resource that is changed; none where only the plan gets more.
    place: Option<Place<'a>>,
    brought: Vec<Brought>,
}

/// The smallest change with which nothing is said of the address, or of that key of it; and how many were judged.
pub(super) fn smallest(
    case: &Case,
    tried: &Tried,
    address: &str,
    key: Option<&str>,
    findings: &[Finding],
) -> Result<(Option<Change>, usize), EngineError> {
    let mut count = 0;
    let passes = |document: &Document| {
        // A change that breaks the policy is none.
        let Ok(verdicts) = judge(tried, document, &case.limits) else {
            return false;
        };
        case.standing(&verdicts, address, key).ruling == Ruling::Pass && has_no_new(&verdicts, address, key, findings)
    };
    let until = Instant::now() + TIME;
    for stated in stated::of(case, address, findings) {
        count += 1;
        if passes(&stated.document(case)?) {
            return Ok((Some(Change { hcl: stated.hcl() }), count));
        }
    }
    let sites = sites(case, address);
    let mut all: Vec<(&Site, usize, Candidate)> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let candidates = match site.place {
            Some(place) => candidates::of_resource(case, place, &site.brought, findings),
            None => {
                let companions = site.brought.first().map(|brought| &brought.companions[..]);
                let added = candidates::of_companions(None, companions.unwrap_or_default());
                added.into_iter().map(|candidate| (0, candidate)).collect()
            }
        };
        // What to leave out of another resource is not for this policy to say.
        let is_meant = |(_, candidate): &(usize, Candidate)| {
            index == 0 || candidate.edits.iter().all(|(_, value)| !value.is_null())
        };
        all.extend(candidates.into_iter().filter(is_meant).map(|(brought, mut candidate)| {
            // Another resource is changed only where none of that size will do.
            candidate.size = 2 * candidate.size + usize::from(index > 0);
            (site, brought, candidate)
        }));
    }
    all.sort_by_key(|(_, _, candidate)| candidate.size);
    for (site, brought, candidate) in all.iter().take(MOST) {
        if Instant::now() > until {
            break;
        }
        let companions = site.brought.get(*brought).map(|brought| &brought.companions[..]);
        let companions = companions.unwrap_or_default();
        let document = apply::changed(case, site.place, companions, candidate)?;
        count += 1;
        if passes(&document) {
            let hcl = written(site.place, companions, candidate);
            return Ok((Some(Change { hcl }), count));
        }
    }
    Ok((None, count))
}

/// The resource at an address, or the plan; then those that it refers to and that refer to it, or those that are of the
/// types of the example.
fn sites<'a>(case: &'a Case, address: &str) -> Vec<Site<'a>> {
    let own = case.resource(address);
    let mut others: Vec<Place> = Vec::new();
    match own {
        Some(place) => {
            let to = place.resource.references.values().flatten().map(|end| &end.address);
            let by = place.resource.referrers.values().flatten().map(|end| &end.address);
            others.extend(to.chain(by).filter_map(|address| case.resource(address)));
        }
        None if address == "plan" => {
            let example = case.policy.example.as_deref().unwrap_or_default();
            let module = snippet(example).unwrap_or_default();
            for (_, kind, ..) in module.resources().filter(|(mode, ..)| *mode == Mode::Managed) {
                let there = case.model.resources.get(kind).into_iter().flatten();
                others.extend(there.filter_map(|resource| case.resource(&resource.address)));
            }
        }
        // What is no resource is changed by what is stated of it alone.
        None => return Vec::new(),
    }
    let mut seen = BTreeSet::from([address]);
    others.retain(|place| place.section == "resources" && seen.insert(&place.resource.address));
    let others = others.into_iter().take(OTHERS).map(Some);
    let all = std::iter::once(own).chain(others);
    let site = |place| Site {
        place,
        brought: example::bring(case, place),
    };
    all.map(site).collect()
}

/// Whether nothing is said of another key that was not said before, where only one is to pass.
fn has_no_new(verdicts: &engine::Verdicts, address: &str, key: Option<&str>, findings: &[Finding]) -> bool {
    if key.is_some() {
        return true;
    }
    let known: BTreeSet<_> = findings.iter().map(|finding| &finding.key).collect();
    let said = verdicts.deny.iter().chain(&verdicts.unknown);
    said.filter(|finding| *finding.address == *address)
        .all(|finding| known.contains(&finding.key))
}

fn written(place: Option<Place>, companions: &[Companion], candidate: &Candidate) -> String {
    let mut parts = Vec::new();
    if let Some(place) = place.filter(|_| !candidate.edits.is_empty()) {
        let body = candidate
            .hcl
            .clone()
            .unwrap_or_else(|| hcl::settings(&candidate.edits, &place.resource.values));
        parts.push(hcl::block(place.resource, &body));
    }
    parts.extend(candidate.adds.iter().map(|index| companions[*index].hcl.clone()));
    parts.join("\n")
}
