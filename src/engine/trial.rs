//! A policy tried with other texts: what surrounds its rules is loaded once, and each text is compiled into a copy of it.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::testing::{TestOutcome, test};
use super::verdicts::Verdicts;
use super::{EngineError, Limits, Rejections, compile, input, workers};
use crate::pack::{Library, Policy, Source};

/// A plan's document as the engine holds it, made once to be judged many times.
#[derive(Clone, Debug)]
pub struct Document(pub(super) regorus::Value);

impl Document {
    /// The document of the contract as the engine holds it.
    ///
    /// # Errors
    ///
    /// [`EngineError::Input`] where the model cannot be handed to policies.
    pub fn new<M: Serialize + ?Sized>(model: &M) -> Result<Self, EngineError> {
        let value = input::value(model).map_err(|error| EngineError::Input(error.to_string()))?;
        Ok(Document(value))
    }
}

/// All of a policy but its rules: the libraries that it imports, its facts, its tests.
#[derive(Clone)]
pub struct Trial {
    engine: regorus::Engine,
    policy: Arc<str>,
    path: String,
    tests: Vec<String>,
    limits: Limits,
}

impl Trial {
    /// Loads what surrounds the policy's rules. Neither it nor the policy is checked as [`super::Engine::new`] does.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where a library, the facts or the tests do not load.
    pub fn new(policy: &Policy, libraries: &[Library], limits: &Limits) -> Result<Self, EngineError> {
        let (engine, tests) = compile::surroundings(policy, libraries, limits)
            .map_err(|rejections| EngineError::Rejected(Rejections(rejections)))?;
        Ok(Trial {
            engine,
            policy: policy.id.clone(),
            path: policy.path.clone(),
            tests,
            limits: limits.clone(),
        })
    }

    /// The names of the policy's tests, in the order of their file.
    pub fn tests(&self) -> &[String] {
        &self.tests
    }

    /// The policy with these rules.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where they do not compile.
    pub fn load(&self, text: String) -> Result<Tried, EngineError> {
        let rejected = |rejection| EngineError::Rejected(Rejections(vec![rejection]));
        let source = Source {
            path: self.path.clone(),
            text: text.into(),
        };
        let mut engine = self.engine.clone();
        compile::add_alone(&mut engine, &self.policy, &source).map_err(rejected)?;
        Ok(Tried {
            engine,
            policy: self.policy.clone(),
            limit: self.limits.time,
        })
    }
}

/// A policy with the rules that it is tried with.
pub struct Tried {
    engine: regorus::Engine,
    policy: Arc<str>,
    limit: Duration,
}

impl Tried {
    /// What it says of a plan.
    ///
    /// # Errors
    ///
    /// Where it breaks, does not come to an end in time, or says what is no finding.
    pub fn judge(&self, document: &Document) -> Result<Verdicts, EngineError> {
        let mut engine = self.engine.clone();
        engine.set_input(document.0.clone());
        super::evaluate(&mut engine, 0, self.policy.clone(), self.limit)
    }

    /// What becomes of one of its tests.
    pub fn test(&self, name: &str) -> TestOutcome {
        test(self.engine.clone(), name.to_owned())
    }
}

/// The results of jobs in their order, worked out on as many threads as the limits give; none for a job that takes
/// longer than one policy may.
pub fn in_time<T: Send + 'static>(
    jobs: impl IntoIterator<Item = Box<dyn FnOnce() -> T + Send>>,
    limits: &Limits,
) -> Vec<Option<T>> {
    let jobs = jobs.into_iter().collect();
    let results = workers::run(jobs, limits.workers(), compile::patience(limits));
    results.into_iter().map(Result::ok).collect()
}
