//! The engine that judges plans by policies. This is the only module that knows which engine it is.

mod builtins;
mod check;
mod compile;
mod depth;
mod error;
mod format;
mod heads;
mod input;
mod ranges;
mod sure;
mod syntax;
mod testing;
mod verdicts;
mod workers;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde::Serialize;

pub use error::{EngineError, Rejection, Rejections};
pub use testing::{TestOutcome, TestResult, run_tests};
pub use verdicts::{Finding, Verdicts};

use crate::pack::{Origin, Pack, Policy};
use compile::Libraries;
use workers::{Job, Unfinished};

/// How many embedded policies share an engine. Measured with 104 policies and a library of 60 functions: an engine for
/// each costs 150 ms to make and one for all 30 ms, but in that one each evaluation takes twice as long; 16 is between.
const GROUP: usize = 16;

/// What a policy may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The time for one policy and plan.
    pub time: Duration,
    /// What a single step of the engine, which no timer ends, may take past that.
    pub grace: Duration,
    /// The most numbers that `numbers.range` makes.
    pub range: u32,
    /// The threads to judge on; as many as the machine has where it is not given.
    pub workers: Option<NonZeroUsize>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(10),
            grace: Duration::from_secs(2),
            range: 100_000,
            workers: None,
        }
    }
}

impl Limits {
    fn workers(&self) -> NonZeroUsize {
        self.workers
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

/// Policies that are loaded and checked, ready to judge plans.
pub struct Engine<'p> {
    limits: Limits,
    libraries: Libraries,
    policies: Vec<Loaded<'p>>,
}

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
        let libraries = Libraries::load(&pack.libraries, &limits, check).map_err(rejected)?;
        let load = |policy: &'p Policy| -> Result<Loaded<'p>, Vec<Rejection>> {
            let alone = if is_alone(policy) {
                Some(libraries.alone(policy)?)
            } else {
                None
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
                libraries,
                policies,
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
        let mut shared = self.shared(&chosen)?;
        let jobs = chosen.iter().map(|loaded| -> Job<Result<Verdicts, EngineError>> {
            let alone = loaded.alone.clone().or_else(|| shared.remove(&loaded.policy.id));
            let mut engine = alone.unwrap_or_else(|| self.libraries.engine.clone());
            engine.set_input(input.clone());
            let (policy, limit) = (loaded.policy.id.clone(), self.limits.time);
            Box::new(move || evaluate(&mut engine, policy, limit))
        });
        let outcomes = workers::run(jobs.collect(), self.limits.workers(), compile::patience(&self.limits));
        Ok(chosen
            .iter()
            .zip(outcomes)
            .map(|(loaded, outcome)| self.judgement(loaded.policy, outcome))
            .collect())
    }

    /// An engine for each of the chosen policies that has none; those of a group share one, made in parallel.
    fn shared(&self, chosen: &[&Loaded]) -> Result<BTreeMap<Arc<str>, regorus::Engine>, EngineError> {
        let policies: Vec<&Policy> = chosen
            .iter()
            .filter(|loaded| loaded.alone.is_none())
            .map(|loaded| loaded.policy)
            .collect();
        let groups: Vec<&[&Policy]> = policies.chunks(GROUP).collect();
        let jobs = groups.iter().map(|group| -> Job<Result<regorus::Engine, Rejection>> {
            let mut engine = self.libraries.engine.clone();
            let policies: Vec<Policy> = group.iter().map(|policy| (*policy).clone()).collect();
            Box::new(move || {
                policies
                    .iter()
                    .try_for_each(|policy| compile::add_policy(&mut engine, policy))?;
                compile::prepare(&mut engine).map_err(|message| Rejection {
                    path: "policies".to_owned(),
                    line: 0,
                    message,
                })?;
                Ok(engine)
            })
        });
        let made = workers::run(jobs.collect(), self.limits.workers(), compile::patience(&self.limits));
        let mut engines = BTreeMap::new();
        for (group, engine) in groups.iter().zip(made) {
            let engine = engine
                .map_err(|unfinished| self.unfinished(&group[0].id, unfinished))?
                .map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))?;
            engines.extend(group.iter().map(|policy| (policy.id.clone(), engine.clone())));
        }
        Ok(engines)
    }

    fn judgement(&self, policy: &Policy, outcome: Result<Result<Verdicts, EngineError>, Unfinished>) -> Judgement {
        let outcome = outcome.unwrap_or_else(|unfinished| Err(self.unfinished(&policy.id, unfinished)));
        Judgement {
            policy: policy.id.clone(),
            outcome,
        }
    }

    fn unfinished(&self, policy: &Arc<str>, unfinished: Unfinished) -> EngineError {
        let policy = policy.clone();
        match unfinished {
            Unfinished::Late => EngineError::Late {
                policy,
                limit: compile::patience(&self.limits),
            },
            Unfinished::Lost => EngineError::Lost { policy },
        }
    }
}

fn evaluate(engine: &mut regorus::Engine, policy: Arc<str>, limit: Duration) -> Result<Verdicts, EngineError> {
    match engine.eval_rule(compile::verdicts_of(&policy)) {
        Ok(regorus::Value::Undefined) => {
            let message = "is undefined, or `unknown` or `examined` is: write them `contains`".to_owned();
            Err(EngineError::NoFinding {
                policy,
                rule: "deny",
                message,
            })
        }
        Ok(said) => verdicts::read(&said).map_err(|(rule, message)| EngineError::NoFinding { policy, rule, message }),
        Err(error) if error::is_late(&error) => Err(EngineError::Late { policy, limit }),
        Err(error) => Err(EngineError::Broken {
            policy,
            message: error::without_values(&error),
        }),
    }
}

#[cfg(test)]
mod tests;
