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

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

pub use error::{EngineError, Rejection, Rejections};
pub use testing::{TestOutcome, TestResult, run_tests};
pub use verdicts::{Finding, Verdicts};

use crate::pack::{Origin, Pack, Policy};
use compile::Libraries;
use workers::{Job, Unfinished};

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
    /// ones, which the project's tests check that way, share one that is made when it is known which of them apply.
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
        Engine::load(pack, limits, !trusted)
    }

    /// Loads the policies of a pack and checks all of them alone, the embedded ones too: the project's own tests.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with all of them.
    pub fn verify(pack: &'p Pack, limits: Limits) -> Result<Self, EngineError> {
        let mut engine = Engine::load(pack, limits, true)?;
        let mut rejections = Vec::new();
        for loaded in engine.policies.iter_mut().filter(|loaded| loaded.alone.is_none()) {
            match engine.libraries.alone(loaded.policy) {
                Ok(alone) => loaded.alone = Some(alone),
                Err(more) => rejections.extend(more),
            }
        }
        if rejections.is_empty() {
            Ok(engine)
        } else {
            Err(EngineError::Rejected(Rejections(rejections)))
        }
    }

    fn load(pack: &'p Pack, limits: Limits, check: bool) -> Result<Self, EngineError> {
        let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
        let libraries = Libraries::load(&pack.libraries, &limits, check).map_err(rejected)?;
        let mut policies = Vec::with_capacity(pack.policies.len());
        let mut rejections = Vec::new();
        for policy in &pack.policies {
            let alone = match policy.origin {
                Origin::Embedded => Ok(None),
                Origin::Folder => libraries.alone(policy).map(Some),
            };
            match alone {
                Ok(alone) => policies.push(Loaded { policy, alone }),
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
        let mut shared = self.shared(
            chosen
                .iter()
                .filter(|loaded| loaded.alone.is_none())
                .map(|loaded| loaded.policy),
        )?;
        shared.set_input(input.clone());
        let jobs = chosen.iter().map(|loaded| -> Job<Result<Verdicts, EngineError>> {
            let mut engine = loaded.alone.clone().unwrap_or_else(|| shared.clone());
            if loaded.alone.is_some() {
                engine.set_input(input.clone());
            }
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

    fn shared<'a>(&self, policies: impl Iterator<Item = &'a Policy>) -> Result<regorus::Engine, EngineError> {
        let mut engine = self.libraries.engine.clone();
        let rejected = |rejection| EngineError::Rejected(Rejections(vec![rejection]));
        let mut any = false;
        for policy in policies {
            compile::add_policy(&mut engine, policy).map_err(rejected)?;
            any = true;
        }
        if any {
            compile::prepare(&mut engine).map_err(|message| {
                rejected(Rejection {
                    path: "policies".to_owned(),
                    line: 0,
                    message,
                })
            })?;
        }
        Ok(engine)
    }

    fn judgement(&self, policy: &Policy, outcome: Result<Result<Verdicts, EngineError>, Unfinished>) -> Judgement {
        let policy = policy.id.clone();
        let outcome = outcome.unwrap_or_else(|unfinished| {
            let policy = policy.clone();
            Err(match unfinished {
                Unfinished::Late => EngineError::Late {
                    policy,
                    limit: compile::patience(&self.limits),
                },
                Unfinished::Lost => EngineError::Lost { policy },
            })
        });
        Judgement { policy, outcome }
    }
}

fn evaluate(engine: &mut regorus::Engine, policy: Arc<str>, limit: Duration) -> Result<Verdicts, EngineError> {
    match engine.eval_rule(compile::verdicts_of(&policy)) {
        Ok(regorus::Value::Undefined) => {
            let message = "is undefined: write `deny contains ... if {...}`".to_owned();
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
