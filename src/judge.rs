//! From a plan to the report on it: the model, the policies' verdicts on it and on the state before.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::abreast;
use crate::engine::{Engine, EngineError, Judgement, Stage, Verdicts, Watch};
use crate::model::{self, Folder, Model, Needs, State, Value};
use crate::pack::{Pack, Policy};
use crate::plan::Plan;
use crate::report::{Identity, Judged, PlanFacts, PlanReport, Source, identity};
use crate::source::Source as Configuration;

/// From so many changes on, the state before is judged while the model of the state after is made.
const MANY: usize = 150;

/// From so many changes on, what the policies can see is found out first, and the rest is left out of the model.
const LARGE: usize = 2_000;

/// What was read of a plan, to be judged.
pub struct Prepared {
    facts: PlanFacts,
    /// By policy, the addresses that it examines.
    subjects: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
    /// The state after apply, as far as the policies see it.
    after: Model,
    needs: Needs,
    /// By policy, what it denied of the state before apply; none where nothing was there.
    denied_before: Option<BTreeMap<Arc<str>, BTreeSet<Identity>>>,
}

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
        self.document_for(&Needs::all(), plan, state, source)
    }

    fn document_for(&self, needs: &Needs, plan: &Plan, state: State, source: Option<&Configuration>) -> Model {
        Model {
            as_of: self.as_of.clone(),
            params: self.params.clone(),
            ..model::build_for(plan, state, source, needs)
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
        self.decide(self.prepare(path, plan, source, &())?, &())
    }

    /// Reads all of a plan that it takes to [`decide`](Judge::decide), so that its text can be let go. The state before
    /// apply is judged here: a plan's text and one state are less than both states. `watch` is told of each [`Stage`].
    ///
    /// # Errors
    ///
    /// As [`Judge::judge`].
    pub fn prepare(
        &self,
        path: &str,
        plan: &Plan,
        source: Option<&Configuration>,
        watch: &dyn Watch,
    ) -> Result<Prepared, EngineError> {
        let mut needs = match plan.resource_changes.len() < LARGE {
            true => Needs::all(),
            false => self.needs(),
        };
        if source.is_some() {
            // The configuration evaluates what no policy reads, too.
            needs.add_all();
        }
        self.prepare_for(needs, path, plan, source, watch)
    }

    /// What of a plan its policies can see.
    pub fn needs(&self) -> Needs {
        self.engine.needs(&self.params)
    }

    /// As [`Judge::prepare`], of a plan that was read for these needs, which are [`Judge::needs`] or more.
    ///
    /// # Errors
    ///
    /// As [`Judge::judge`].
    pub fn prepare_for(
        &self,
        needs: Needs,
        path: &str,
        plan: &Plan,
        source: Option<&Configuration>,
        watch: &dyn Watch,
    ) -> Result<Prepared, EngineError> {
        watch.begin(Stage::Model);
        // It is made before that of the state after, so that not both are made at once, and taken by who judges it.
        let before = Mutex::new(Model {
            // No plan tells what the folder was before, and a README that lacks now has lacked.
            source: source.map(Folder::of),
            ..self.document_for(&needs, plan, State::Before, None)
        });
        let types = plan.types_after();
        let applies = |policy: &Policy| policy.examines.iter().any(|subject| may_have(&types, subject));
        let judge_before = |watch: &dyn Watch| {
            let before = std::mem::take(&mut *before.lock().unwrap_or_else(PoisonError::into_inner));
            Ok(match before.resource_count() {
                0 => None,
                _ => Some(denied(self.engine.judge_model(before, &needs, applies, watch)?)),
            })
        };
        let model_after = || {
            watch.begin(Stage::Model);
            self.document_for(&needs, plan, State::After, source)
        };
        let (after, denied_before) = match plan.resource_changes.len() < MANY || watch.by_policy() {
            true => {
                let denied_before = judge_before(watch);
                (model_after(), denied_before)
            }
            false => abreast::both(model_after, || judge_before(&())),
        };
        let subjects = || {
            let policies = self.pack.policies.iter();
            policies
                .map(|policy| (policy.id.clone(), subjects(policy, &after)))
                .collect()
        };
        let facts = || facts(path, plan, &after);
        let (facts, subjects) = match plan.resource_changes.len() < LARGE {
            true => (facts(), subjects()),
            false => abreast::both(facts, subjects),
        };
        Ok(Prepared {
            facts,
            subjects,
            after,
            needs,
            denied_before: denied_before?,
        })
    }

    /// Judges what was read of a plan; `watch` is told of each [`Stage`].
    ///
    /// # Errors
    ///
    /// As [`Judge::judge`].
    pub fn decide(&self, prepared: Prepared, watch: &dyn Watch) -> Result<PlanReport, EngineError> {
        let Prepared {
            facts,
            mut subjects,
            after,
            needs,
            denied_before,
        } = prepared;
        let applies = |policy: &Policy| subjects.get(&policy.id).is_some_and(|addresses| !addresses.is_empty());
        let judgements = self.engine.judge_model(after, &needs, applies, watch)?;

        watch.begin(Stage::Report);
        let mut verdicts: BTreeMap<Arc<str>, Result<Verdicts, String>> = judgements
            .into_iter()
            .map(|judgement| (judgement.policy, judgement.outcome.map_err(|error| error.to_string())))
            .collect();
        let judged = self.pack.policies.iter().map(|policy| {
            let addresses = subjects.remove(&*policy.id).unwrap_or_default();
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
        Ok(PlanReport::build(facts, judged))
    }
}

/// Whether a plan with resources and data sources of these types may have what an entry of `examines` covers.
fn may_have(types: &HashSet<&str>, subject: &str) -> bool {
    let is_type = subject.contains('_');
    !is_type || types.contains(subject.strip_prefix("data.").unwrap_or(subject))
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
        .cloned()
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
        resources: model.addresses("*").cloned().collect(),
        sources: places(model),
        notes: plan.notes.clone(),
        error: plan.ensure_finished().err().map(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::*;
    use crate::engine::Limits;

    #[test]
    fn what_no_policy_sees_changes_nothing() {
        let all = Pack::embedded().unwrap();
        let mut narrowed = 0;
        for policy in &all.policies {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("policies")
                .join(policy.id.replace('.', "/"));
            let cases = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
            let plans = cases
                .chain([folder.clone()])
                .map(|case| case.join("plan.json"))
                .filter(|plan| plan.exists());
            let pack = Pack {
                policies: vec![policy.clone()],
                libraries: all.libraries.clone(),
            };
            let judge = Judge {
                engine: Engine::new(&pack, Limits::default()).unwrap(),
                pack: &pack,
                params: pack.params(&BTreeMap::new()).unwrap(),
                as_of: "2026-11-22".to_owned(),
            };
            let needs = judge.engine.needs(&judge.params);
            for path in plans {
                let text = std::fs::read_to_string(&path).unwrap();
                let plan = crate::plan::parse(&text).unwrap();
                let said = |needs: &Needs| {
                    let prepared = judge.prepare_for(needs.clone(), "plan.json", &plan, None, &());
                    serde_json::to_string(&judge.decide(prepared.unwrap(), &()).unwrap()).unwrap()
                };
                assert!(said(&Needs::all()) == said(&needs), "{}", path.display());
                narrowed += usize::from(!needs.has("no_such_type"));
            }
        }
        assert!(narrowed > 50, "most policies ask for a few types");
    }

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
