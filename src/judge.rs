//! From a plan to the report on it: the model, the policies' verdicts on it and on the state before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::engine::{Engine, EngineError, Judgement, Stage, Verdicts, Watch};
use crate::model::{self, Model, State, Value};
use crate::pack::{Pack, Policy};
use crate::plan::Plan;
use crate::report::{Identity, Judged, PlanFacts, PlanReport, Source, identity};
use crate::source::Source as Configuration;

/// A pack of policies, ready to judge plans.
pub struct Judge<'p> {
    /// The policies, compiled.
    pub engine: Engine<'p>,
    /// The policies, as they describe themselves.
    pub pack: &'p Pack,
    /// Their parameters: [`Pack::params`].
    pub params: Value,
    /// The date to judge by, `2026-11-22`.
    pub as_of: String,
}

impl Judge<'_> {
    /// The document that policies read: [`Model`] with the date and the parameters.
    pub fn document(&self, plan: &Plan, state: State, source: Option<&Configuration>) -> Model {
        Model {
            as_of: self.as_of.clone(),
            params: self.params.clone(),
            ..model::build(plan, state, source)
        }
    }

    /// Judges a plan by every policy, before and after apply. `path` is where it was read from, and `source` the
    /// configuration that it was made from, if that is at hand.
    ///
    /// An errored or incomplete plan is judged as far as it goes; its report says that it is not decided on.
    ///
    /// # Errors
    ///
    /// Where the engine cannot take the model, or an embedded policy does not load. A policy that breaks is a row of
    /// the report.
    pub fn judge(&self, path: &str, plan: &Plan, source: Option<&Configuration>) -> Result<PlanReport, EngineError> {
        self.judge_watched(path, plan, source, &())
    }

    /// As [`Judge::judge`]; `watch` is told of each [`Stage`].
    ///
    /// # Errors
    ///
    /// As [`Judge::judge`].
    pub fn judge_watched(
        &self,
        path: &str,
        plan: &Plan,
        source: Option<&Configuration>,
        watch: &dyn Watch,
    ) -> Result<PlanReport, EngineError> {
        watch.begin(Stage::Model);
        let after = self.document(plan, State::After, source);
        let subjects: BTreeMap<&str, BTreeSet<Arc<str>>> = self
            .pack
            .policies
            .iter()
            .map(|policy| (&*policy.id, subjects(policy, &after)))
            .collect();
        let applies = |policy: &Policy| subjects.get(&*policy.id).is_some_and(|addresses| !addresses.is_empty());
        let judgements = self.engine.judge_watched(&after, applies, watch)?;
        watch.begin(Stage::Model);
        let before = Model {
            // No plan tells what the folder was before, and a README that lacks now has lacked.
            source: after.source.clone(),
            ..self.document(plan, State::Before, None)
        };
        let denied_before = match before.resource_count() {
            0 => None,
            _ => Some(denied(self.engine.judge_watched(&before, applies, watch)?)),
        };

        watch.begin(Stage::Report);
        let mut verdicts: BTreeMap<Arc<str>, Result<Verdicts, String>> = judgements
            .into_iter()
            .map(|judgement| (judgement.policy, judgement.outcome.map_err(|error| error.to_string())))
            .collect();
        let judged = self.pack.policies.iter().map(|policy| {
            let addresses = subjects.get(&*policy.id).cloned().unwrap_or_default();
            let verdicts = verdicts
                .remove(&policy.id)
                .unwrap_or_else(|| match addresses.is_empty() {
                    true => Ok(Verdicts::default()),
                    false => Err("it was not judged: the engine does not have it".to_owned()),
                });
            let before = denied_before
                .as_ref()
                .map(|denied| denied.get(&policy.id).cloned().unwrap_or_default());
            judged(policy, addresses, verdicts, before)
        });
        Ok(PlanReport::build(facts(path, plan, &after), judged))
    }
}

/// What a policy says of a plan, for the report: of the addresses that its METADATA covers, or of those that it says it
/// examined. It is an error where these are not among them.
pub(crate) fn judged(
    policy: &Policy,
    addresses: BTreeSet<Arc<str>>,
    mut verdicts: Result<Verdicts, String>,
    before: Option<BTreeSet<Identity>>,
) -> Judged {
    let examined = match verdicts.as_mut().ok().and_then(|verdicts| verdicts.examined.take()) {
        Some(examined) => {
            if let Some(stray) = examined.difference(&addresses).next() {
                verdicts = Err(format!(
                    "its rule `examined` has {stray}, which `examines` in its METADATA does not cover"
                ));
            }
            examined
        }
        None => addresses,
    };
    Judged {
        policy: policy.id.clone(),
        title: Arc::from(policy.title.trim()),
        severity: policy.severity,
        enforcement: policy.enforcement,
        remediation: Some(Arc::from(policy.remediation.trim())),
        examined,
        verdicts,
        before,
    }
}

/// The addresses that a policy's METADATA says it examines.
pub(crate) fn subjects(policy: &Policy, model: &Model) -> BTreeSet<Arc<str>> {
    policy
        .examines
        .iter()
        .flat_map(|subject| model.addresses(subject))
        .map(Arc::from)
        .collect()
}

/// What each policy denied. One that broke denied nothing: what it says of the state after counts as introduced.
fn denied(judgements: Vec<Judgement>) -> BTreeMap<Arc<str>, BTreeSet<Identity>> {
    judgements
        .into_iter()
        .filter_map(|judgement| {
            let verdicts = judgement.outcome.ok()?;
            Some((judgement.policy, verdicts.deny.iter().map(identity).collect()))
        })
        .collect()
}

/// Where the resources of a model stand in its configuration; nothing where it was made without.
pub(crate) fn places(model: &Model) -> BTreeMap<Arc<str>, Source> {
    let places = model.locations().into_iter().map(|(address, location)| {
        let line = u32::try_from(location.line).unwrap_or(u32::MAX);
        (
            Arc::from(address),
            Source {
                file: location.file.clone(),
                line,
            },
        )
    });
    places.collect()
}

fn facts(path: &str, plan: &Plan, model: &Model) -> PlanFacts {
    PlanFacts {
        path: path.to_owned(),
        terraform: plan.terraform_version.as_ref().map(ToString::to_string),
        resources: model.addresses("*").map(Arc::from).collect(),
        sources: places(model),
        notes: plan.notes.clone(),
        error: plan.ensure_finished().err().map(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::Limits;

    #[test]
    fn a_policy_that_the_engine_does_not_have_is_an_error_where_it_applies() {
        let pack = Pack::embedded().unwrap();
        let none = Pack::default();
        let judge = Judge {
            engine: Engine::new(&none, Limits::default()).unwrap(),
            pack: &pack,
            params: Value::default(),
            as_of: "2026-11-22".to_owned(),
        };
        let text = include_str!("../testdata/quickstart/plan.json");
        let report = judge
            .judge("plan.json", &crate::plan::parse(text).unwrap(), None)
            .unwrap();
        assert!(report.counts.error > 0);
        assert_eq!(report.counts.pass, 0, "what was not judged has not passed");
    }
}
