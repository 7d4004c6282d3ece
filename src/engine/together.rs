//! Embedded policies that judge together: what several of them work out with the libraries is worked out once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use regorus::Value as Raw;
use regorus::rvm::program::Program;

use super::code::{self, ASKED, PACKAGE};
use super::compile::{add_facts_of, add_facts_of_library, add_policy, engine, ready, set_time, time, unchecked, whole};
use super::error::Rejection;
use super::imports::needed;
use super::{Limits, Outcomes, read, verdicts};
use crate::pack::{Library, Policy, is_embedded};

/// Embedded policies, ready to judge by together.
#[derive(Clone)]
pub(super) enum Together {
    /// The policies and libraries are as the build compiled them: their code, and their facts.
    Compiled(Arc<Program>, Raw),
    /// A library, or what a policy embedded is now, is another: an engine that has read them all.
    Read(Box<regorus::Engine>),
}

impl Together {
    /// Has these policies ready to judge by.
    pub(super) fn new(policies: &[&Policy], libraries: &[Library], limits: &Limits) -> Result<Self, Rejection> {
        let are_embedded = libraries
            .iter()
            .all(|library| is_embedded(&library.path, &library.text))
            && policies.iter().all(|policy| is_embedded(&policy.path, &policy.text));
        let Some(program) = code::embedded().filter(|_| are_embedded) else {
            return Together::read(policies, libraries, limits);
        };
        let mut engine = engine(limits);
        for library in libraries {
            add_facts_of_library(&mut engine, library)?;
        }
        for policy in policies {
            add_facts_of(&mut engine, policy)?;
        }
        Ok(Together::Compiled(program, engine.get_data()))
    }

    /// Has them ready as they are written.
    pub(super) fn read(policies: &[&Policy], libraries: &[Library], limits: &Limits) -> Result<Self, Rejection> {
        let libraries = needed(libraries, policies.iter().map(|policy| &*policy.text));
        let mut engine = unchecked(&libraries, limits)?;
        let mut rules = String::new();
        for policy in policies {
            let (id, read) = (&policy.id, add_policy(&mut engine, policy)?);
            rules.push_str(&format!(
                "{ASKED} contains [\"{id}\", {read}] if input.{PACKAGE}[\"{id}\"]\n"
            ));
        }
        ready(&mut engine, &rules).map_err(|message| whole("policies", message))?;
        Ok(Together::Read(Box::new(engine)))
    }

    /// What these of the policies say, as a set of pairs; none where that is an error of one of them.
    pub(super) fn evaluate(self, policies: &[Arc<str>], input: &Raw, limit: Duration) -> Option<Raw> {
        let input = asking(input, policies)?;
        match self {
            Together::Compiled(program, facts) => code::run(&program, &facts, input, time(limit)),
            Together::Read(mut engine) => {
                set_time(&mut engine, limit);
                engine.set_input(input);
                engine.eval_rule(format!("data.{PACKAGE}.{ASKED}")).ok()
            }
        }
    }
}

/// The input that asks a group for the verdicts of these policies.
pub(super) fn asking(input: &Raw, policies: &[Arc<str>]) -> Option<Raw> {
    let mut input = input.clone();
    let asked = policies
        .iter()
        .map(|policy| (Raw::String(policy.clone()), Raw::Bool(true)));
    let asked: BTreeMap<Raw, Raw> = asked.collect();
    input.as_object_mut().ok()?.insert(Raw::from(PACKAGE), Raw::from(asked));
    Some(input)
}

/// Embedded policies that share an engine.
#[derive(Clone)]
pub(super) struct Group {
    pub(super) together: Together,
    pub(super) policies: Arc<BTreeSet<Arc<str>>>,
}

impl Group {
    /// What these of its policies say; none where one of them breaks, since the engine does not tell which.
    pub(super) fn evaluate(self, policies: &[Arc<str>], input: &Raw, limit: Duration) -> Option<Outcomes> {
        let said = self.together.evaluate(policies, input, limit)?;
        let mut said = verdicts::by_policy(&said)?;
        let read = |policy: &Arc<str>| Some((policy.clone(), read(said.remove(&**policy)?, policy)));
        policies.iter().map(read).collect()
    }
}
