//! The engine that judges plans by policies. This is the only module that knows which engine it is.

mod apart;
mod builtins;
mod check;
mod compile;
mod depth;
mod error;
pub mod foreign;
mod format;
mod heads;
mod input;
mod ranges;
mod subjects;
mod sure;
mod syntax;
mod testing;
mod trial;
mod unread;
mod verdicts;
mod workers;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;

pub use apart::{JUDGE, RULE, serve};
pub use error::{EngineError, Rejection, Rejections};
pub(crate) use subjects::astray;
pub(crate) use syntax::variant;
pub use testing::{TestOutcome, TestResult, run_library_tests, run_tests};
pub use trial::{Document, Trial, Tried, in_time};
pub use verdicts::{Finding, Verdicts};

use crate::apart::Apart;
use crate::pack::{Library, Origin, Pack, Policy, Source};
use compile::Libraries;
use workers::{Job, Unfinished};

/// A plan of fewer resources is judged by the embedded policies on one thread.
const SMALL: usize = 400;

/// The resources for which the time of a policy is meant.
const PER_TIME: usize = 10_000;

/// What a policy may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The time for one policy and each 10,000 resources of a plan.
    pub time: Duration,
    /// What a single step of the engine, which no timer ends, may take past that.
    pub grace: Duration,
    /// The most numbers that `numbers.range` makes.
    pub range: u32,
    /// The threads to judge on; as many as the machine has where it is not given.
    pub workers: Option<NonZeroUsize>,
    /// Where the user's policies judge in processes of their own: then memory has a limit, too. Else they judge in this
    /// one.
    pub apart: Option<Apart>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(10),
            grace: Duration::from_secs(2),
            range: 100_000,
            workers: None,
            apart: None,
        }
    }
}

impl Limits {
    /// The limits for an input of so many resources: the time is in proportion, since the work is.
    fn for_resources(&self, resources: usize) -> Self {
        let times = u32::try_from(resources.div_ceil(PER_TIME)).unwrap_or(u32::MAX).max(1);
        Limits {
            time: self.time.saturating_mul(times),
            ..self.clone()
        }
    }

    fn workers(&self) -> NonZeroUsize {
        self.workers
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

/// Policies that are loaded and checked, ready to judge plans.
pub struct Engine<'p> {
    limits: Limits,
    libraries: &'p [Library],
    policies: Vec<Loaded<'p>>,
    groups: Mutex<Vec<Group>>,
}

/// By policy, what became of it.
type Outcomes = BTreeMap<Arc<str>, Result<Verdicts, EngineError>>;

struct Loaded<'p> {
    policy: &'p Policy,
    /// The user's policies have an engine each, so that what is wrong with one is wrong with it alone. The embedded
    /// ones, which the project's tests check that way, share a few, made when it is known which apply.
    alone: Option<regorus::Engine>,
}

/// What became of one policy.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The policy.
    pub policy: Arc<str>,
    /// What it says, or why it says nothing.
    pub outcome: Result<Verdicts, EngineError>,
}

impl<'p> Engine<'p> {
    /// Loads the policies of a pack; the user's are compiled and checked, each alone with the libraries.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with all of them.
    pub fn new(pack: &'p Pack, limits: Limits) -> Result<Self, EngineError> {
        let trusted = pack.policies.iter().all(|policy| policy.origin == Origin::Embedded)
            && pack.libraries.iter().all(|library| library.origin == Origin::Embedded);
        Engine::load(pack, limits, !trusted, |policy| policy.origin == Origin::Folder)
    }

    /// Loads the policies of a pack and checks all of them alone, the embedded ones too: the project's own tests.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with all of them.
    pub fn verify(pack: &'p Pack, limits: Limits) -> Result<Self, EngineError> {
        Engine::load(pack, limits, true, |_| true)
    }

    fn load(
        pack: &'p Pack,
        limits: Limits,
        check: bool,
        is_alone: impl Fn(&Policy) -> bool + Sync,
    ) -> Result<Self, EngineError> {
        let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
        let libraries = match check {
            true => Some(Libraries::load(&pack.libraries, &limits, true).map_err(rejected)?),
            false => None,
        };
        let load = |policy: &'p Policy| -> Result<Loaded<'p>, Vec<Rejection>> {
            let alone = match &libraries {
                Some(libraries) if is_alone(policy) => Some(libraries.alone(policy, pack)?),
                _ => None,
            };
            Ok(Loaded { policy, alone })
        };
        let share = pack.policies.len().div_ceil(limits.workers().get()).max(1);
        let loaded: Vec<Result<Loaded, Vec<Rejection>>> = if check {
            thread::scope(|scope| {
                let shares = pack.policies.chunks(share);
                let threads: Vec<_> = shares
                    .map(|share| scope.spawn(|| share.iter().map(load).collect::<Vec<_>>()))
                    .collect();
                threads
                    .into_iter()
                    .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                    .collect()
            })
        } else {
            pack.policies.iter().map(load).collect()
        };
        let mut policies = Vec::with_capacity(loaded.len());
        let mut rejections = Vec::new();
        for loaded in loaded {
            match loaded {
                Ok(loaded) => policies.push(loaded),
                Err(more) => rejections.extend(more),
            }
        }
        if rejections.is_empty() {
            Ok(Engine {
                limits,
                libraries: &pack.libraries,
                policies,
                groups: Mutex::default(),
            })
        } else {
            Err(rejected(rejections))
        }
    }

    /// What each policy that applies says of a plan, sorted by policy; `input` is the document of the contract.
    ///
    /// Only policies that apply are asked, and only they have a judgement: one that examines no type of the plan costs
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`EngineError::Input`] where the input cannot be handed to policies, [`EngineError::Rejected`] where an embedded
    /// policy does not load.
    pub fn judge<M: Serialize + ?Sized>(
        &self,
        input: &M,
        applies: impl Fn(&Policy) -> bool,
    ) -> Result<Vec<Judgement>, EngineError> {
        let input = input::value(input).map_err(|error| EngineError::Input(error.to_string()))?;
        let chosen: Vec<&Loaded> = self.policies.iter().filter(|loaded| applies(loaded.policy)).collect();
        let limits = self.limits.for_resources(input::resources(&input));
        let mut outcomes = self.judge_together(&chosen, &input, &limits)?;
        outcomes.extend(self.judge_alone(&chosen, &input, &limits)?);
        Ok(chosen
            .iter()
            .map(|loaded| {
                let policy = loaded.policy.id.clone();
                let lost = |policy| Err(EngineError::Lost { policy });
                let outcome = outcomes.remove(&policy).unwrap_or_else(|| lost(policy.clone()));
                Judgement { policy, outcome }
            })
            .collect())
    }

    /// The user's policies, each in its own engine, and in processes of their own where the limits say so.
    fn judge_alone(
        &self,
        chosen: &[&Loaded],
        input: &regorus::Value,
        limits: &Limits,
    ) -> Result<Outcomes, EngineError> {
        if let Some(apart) = &limits.apart {
            let alone = chosen.iter().filter(|loaded| loaded.alone.is_some());
            let policies: Vec<&Policy> = alone.map(|loaded| loaded.policy).collect();
            return apart::judge(&policies, self.libraries, input, limits, apart);
        }
        let alone: Vec<(&Arc<str>, &regorus::Engine)> = chosen
            .iter()
            .filter_map(|loaded| Some((&loaded.policy.id, loaded.alone.as_ref()?)))
            .collect();
        let jobs = alone
            .iter()
            .map(|(policy, engine)| -> Job<Result<Verdicts, EngineError>> {
                let (mut engine, policy, limit) = ((*engine).clone(), (*policy).clone(), limits.time);
                compile::set_time(&mut engine, limit);
                engine.set_input(input.clone());
                Box::new(move || evaluate(&mut engine, 0, policy, limit))
            });
        let outcomes = workers::run(jobs.collect(), limits.workers(), compile::patience(limits));
        Ok(alone
            .iter()
            .zip(outcomes)
            .map(|((policy, _), outcome)| {
                let outcome = outcome.unwrap_or_else(|unfinished| Err(Self::unfinished(policy, unfinished, limits)));
                ((*policy).clone(), outcome)
            })
            .collect())
    }

    /// The embedded policies, by groups: what several of them work out with the libraries is worked out once.
    fn judge_together(
        &self,
        chosen: &[&Loaded],
        input: &regorus::Value,
        limits: &Limits,
    ) -> Result<Outcomes, EngineError> {
        // To compile the libraries once more for another thread costs more than it saves on a small plan.
        let threads = if input::resources(input) < SMALL {
            1
        } else {
            self.limits.workers().get()
        };
        let groups = self.groups(chosen, threads)?;
        let jobs = groups.iter().map(|group| -> Job<Outcomes> {
            let (mut group, limit) = (group.clone(), limits.time);
            compile::set_time(&mut group.engine, limit);
            group.engine.set_input(input.clone());
            Box::new(move || group.evaluate(limit))
        });
        // A group in which one breaks is judged once more, each of its policies by itself.
        let most = groups.iter().map(|group| group.policies.len() + 1).max().unwrap_or(1);
        let patience = compile::patience(limits).saturating_mul(u32::try_from(most).unwrap_or(u32::MAX));
        let judged = workers::run(jobs.collect(), self.limits.workers(), patience);
        let mut outcomes = Outcomes::new();
        for (group, judged) in groups.iter().zip(judged) {
            match judged {
                Ok(judged) => outcomes.extend(judged),
                Err(unfinished) => outcomes.extend(
                    group
                        .policies
                        .iter()
                        .map(|policy| (policy.clone(), Err(Self::unfinished(policy, unfinished, limits)))),
                ),
            }
        }
        Ok(outcomes)
    }

    /// The groups of the chosen policies that have no engine of their own, compiled in parallel; those of the last call
    /// are kept, since the state before a plan is judged by the same policies as the state after it.
    fn groups(&self, chosen: &[&Loaded], threads: usize) -> Result<Vec<Group>, EngineError> {
        let policies: Vec<&Policy> = chosen
            .iter()
            .filter(|loaded| loaded.alone.is_none())
            .map(|loaded| loaded.policy)
            .collect();
        let mut kept = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if kept
            .iter()
            .flat_map(|group| &group.policies)
            .eq(policies.iter().map(|policy| &policy.id))
        {
            return Ok(kept.clone());
        }
        let share = policies.len().div_ceil(threads).max(1);
        let shares: Vec<&[&Policy]> = policies.chunks(share).collect();
        let jobs = shares.iter().map(|share| -> Job<Result<Group, Rejection>> {
            let policies: Vec<Policy> = share.iter().map(|policy| (*policy).clone()).collect();
            let libraries = compile::needed(self.libraries, policies.iter().map(|policy| &*policy.text));
            let limits = self.limits.clone();
            Box::new(move || {
                let engine = Libraries::load(&libraries, &limits, false).map(|libraries| libraries.engine);
                let mut engine = engine.map_err(|mut rejections| rejections.remove(0))?;
                compile::add_group(&mut engine, &policies.iter().collect::<Vec<_>>())?;
                Ok(Group {
                    engine,
                    policies: policies.into_iter().map(|policy| policy.id).collect(),
                })
            })
        });
        let jobs: Vec<_> = jobs.collect();
        // One thread more is one more set of the allocator's pages, and here there is nothing to give up.
        let made = match jobs.len() {
            1 => jobs.into_iter().map(|job| Ok(job())).collect(),
            _ => workers::run(jobs, self.limits.workers(), compile::patience(&self.limits)),
        };
        let mut groups = Vec::with_capacity(made.len());
        for (share, group) in shares.iter().zip(made) {
            let group = group.map_err(|unfinished| Self::unfinished(&share[0].id, unfinished, &self.limits))?;
            groups.push(group.map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))?);
        }
        kept.clone_from(&groups);
        Ok(groups)
    }

    fn unfinished(policy: &Arc<str>, unfinished: Unfinished, limits: &Limits) -> EngineError {
        let policy = policy.clone();
        match unfinished {
            Unfinished::Late => EngineError::Late {
                policy,
                limit: compile::patience(limits),
                place: String::new(),
            },
            Unfinished::Lost => EngineError::Lost { policy },
        }
    }
}

/// Embedded policies that share an engine.
#[derive(Clone)]
struct Group {
    engine: regorus::Engine,
    policies: Vec<Arc<str>>,
}

impl Group {
    /// What all of its policies say; where one breaks, each is asked by itself, so that only that one is broken.
    fn evaluate(mut self, limit: Duration) -> Outcomes {
        let said = self.engine.eval_rule(compile::verdicts_of_all());
        let Ok(said) = said else {
            return self.evaluate_each(limit);
        };
        let read = |policy: &Arc<str>| Some((policy.clone(), read(verdicts::member(&said, policy)?, policy)));
        let outcomes = self.policies.iter().map(read).collect::<Option<Outcomes>>();
        outcomes.unwrap_or_else(|| self.evaluate_each(limit))
    }

    fn evaluate_each(&self, limit: Duration) -> Outcomes {
        let each = self.policies.iter().enumerate().map(|(index, policy)| {
            let mut engine = self.engine.clone();
            (policy.clone(), evaluate(&mut engine, index, policy.clone(), limit))
        });
        each.collect()
    }
}

/// The engine's syntax tree of a file of Rego, as JSON: places in it are bytes of the text.
pub(crate) fn tree(source: &Source) -> Result<serde_json::Value, EngineError> {
    compile::tree(source).map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))
}

fn read(said: &regorus::Value, policy: &Arc<str>) -> Result<Verdicts, EngineError> {
    verdicts::read(said).map_err(|(rule, message)| EngineError::NoFinding {
        policy: policy.clone(),
        rule,
        message,
    })
}

/// What the policy at that place in its engine's group says.
fn evaluate(
    engine: &mut regorus::Engine,
    index: usize,
    policy: Arc<str>,
    limit: Duration,
) -> Result<Verdicts, EngineError> {
    match engine.eval_rule(compile::verdicts_of(index)) {
        Ok(regorus::Value::Undefined) => {
            let message = "is undefined, or `unknown` or `examined` is: write them `contains`".to_owned();
            Err(EngineError::NoFinding {
                policy,
                rule: "deny",
                message,
            })
        }
        Ok(said) => read(&said, &policy),
        Err(error) if error::is_late(&error) => Err(EngineError::Late {
            policy,
            limit,
            place: String::new(),
        }),
        Err(error) => Err(EngineError::Broken {
            policy,
            message: error::without_values(&error),
        }),
    }
}

#[cfg(test)]
mod tests;
