//! Rego tests: the rules `test_*` beside a policy or a library.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::apart::rules::{self, Evaluated, Surroundings};
use super::compile::{self, Checked, Libraries};
use super::coverage::{self, Coverage};
use super::imports;
use super::workers::{self, Job, Unfinished};
use super::{Document, EngineError, Limits, Rejection, Rejections, error};
use crate::model::Value;
use crate::pack::{Library, Policy, Source};

/// What became of one test.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// The rule: `data.aws.s3.encryption_test.test_none`.
    pub name: String,
    /// What became of it.
    pub outcome: TestOutcome,
    /// What it printed, by `print`.
    pub printed: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

/// How a test came out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TestOutcome {
    /// It is true.
    Pass,
    /// It is undefined, false, or something else than true.
    Fail,
    /// It broke: the engine's message, or that it did not come to an end.
    Error(String),
}

/// A policy or a library of which the tests are run.
#[derive(Clone, Copy)]
pub struct Tested<'a> {
    package: &'a str,
    path: &'a str,
    policy: Option<&'a Policy>,
    tests: Option<&'a Source>,
    libraries: &'a [Library],
}

impl<'a> Tested<'a> {
    /// A policy, with the libraries that it and its tests may import.
    pub fn policy(policy: &'a Policy, libraries: &'a [Library]) -> Self {
        Tested {
            package: &policy.id,
            path: &policy.path,
            policy: Some(policy),
            tests: policy.tests.as_ref(),
            libraries,
        }
    }

    /// One of the libraries.
    pub fn library(library: &'a Library, libraries: &'a [Library]) -> Self {
        Tested {
            package: &library.package,
            path: &library.path,
            policy: None,
            tests: library.tests.as_ref(),
            libraries,
        }
    }

    /// Runs the tests whose names are wanted, each on its own, in the order of their file; none where there is none. They
    /// run in processes of their own where the limits say so.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where the libraries, the policy or the tests do not load.
    pub fn run(&self, limits: &Limits, is_wanted: &dyn Fn(&str) -> bool) -> Result<Vec<TestResult>, EngineError> {
        let Some(tests) = self.tests else { return Ok(Vec::new()) };
        let (engine, mut names) = self.load(tests, limits)?;
        names.retain(|name| is_wanted(name));
        if let Some(apart) = &limits.apart {
            let policies: Vec<&Policy> = self.policy.into_iter().collect();
            let surroundings = Surroundings {
                libraries: self.libraries,
                policies: &policies,
                file: tests,
                input: &[],
                place: "",
            };
            let evaluated = rules::evaluate(&surroundings, &names, limits, apart)?;
            let results = names.into_iter().zip(evaluated);
            return Ok(results
                .map(|(name, evaluated)| TestResult::of(name, evaluated))
                .collect());
        }
        let jobs = names.iter().map(|name| -> Job<TestResult> {
            let (engine, name) = (engine.clone(), name.clone());
            Box::new(move || observed(engine, name))
        });
        let outcomes = workers::run(jobs.collect(), limits.workers(), compile::patience(limits));
        let lost = |name: String, unfinished| TestResult {
            name,
            outcome: TestOutcome::Error(match unfinished {
                Unfinished::Late => "was given up: it did not come to an end in time".to_owned(),
                Unfinished::Lost => "ended its thread; this is a bug in the engine".to_owned(),
            }),
            printed: Vec::new(),
            took: compile::patience(limits),
        };
        let results = names.into_iter().zip(outcomes);
        Ok(results
            .map(|(name, outcome)| outcome.unwrap_or_else(|unfinished| lost(name, unfinished)))
            .collect())
    }

    /// The lines of the rules that the wanted tests evaluate, and those that judging these documents does, however that
    /// comes out. Only what comes to an end within its limits may be wanted: it is evaluated in this process.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where the libraries, the policy or the tests do not load.
    pub fn coverage(
        &self,
        limits: &Limits,
        is_wanted: &dyn Fn(&str) -> bool,
        documents: &[Document],
    ) -> Result<Coverage, EngineError> {
        let text = match (
            self.policy,
            self.libraries.iter().find(|library| library.path == self.path),
        ) {
            (Some(policy), _) => policy.text.clone(),
            (None, library) => library.map(|library| library.text.clone()).unwrap_or_default(),
        };
        let source = Source {
            path: self.path.to_owned(),
            text,
        };
        let all = Coverage::none(&source).map_err(one)?;
        let mut jobs: Vec<Job<BTreeSet<u32>>> = Vec::new();
        if let Some(tests) = self.tests {
            let (engine, names) = self.load(tests, limits)?;
            let wanted = names.into_iter().filter(|name| is_wanted(name));
            jobs.extend(wanted.map(|name| self.seen(engine.clone(), name)));
        }
        if let (Some(policy), false) = (self.policy, documents.is_empty()) {
            let libraries = imports::needed(self.libraries, [&*policy.text].into_iter());
            let engine = compile::alone(policy, &libraries, limits).map_err(one)?;
            jobs.extend(documents.iter().map(|document| {
                let mut engine = engine.clone();
                engine.set_input(document.0.clone());
                self.seen(engine, compile::verdicts())
            }));
        }
        let seen = workers::run(jobs, limits.workers(), compile::patience(limits));
        Ok(all.with(seen.into_iter().flatten().flatten().collect()))
    }

    /// The job of finding the lines that a rule evaluates.
    fn seen(&self, mut engine: regorus::Engine, rule: String) -> Job<BTreeSet<u32>> {
        let path = self.path.to_owned();
        Box::new(move || {
            engine.set_enable_coverage(true);
            // How it comes out is for others to say.
            let _ = engine.eval_rule(rule);
            coverage::evaluated(&engine, &path)
        })
    }

    fn load(&self, tests: &Source, limits: &Limits) -> Result<(regorus::Engine, Vec<String>), EngineError> {
        let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
        let libraries = Libraries::load(self.libraries, limits, Checked::Own).map_err(rejected)?;
        libraries.with_tests(self.package, self.policy, tests).map_err(rejected)
    }
}

fn one(rejection: Rejection) -> EngineError {
    EngineError::Rejected(Rejections(vec![rejection]))
}

impl TestResult {
    fn of(name: String, evaluated: Result<Evaluated, EngineError>) -> Self {
        let (outcome, printed, took) = match evaluated {
            Ok(evaluated) => (
                match evaluated.value {
                    Some(Value::Bool(true)) => TestOutcome::Pass,
                    _ => TestOutcome::Fail,
                },
                evaluated.printed,
                evaluated.took,
            ),
            Err(error) => (TestOutcome::Error(error.to_string()), Vec::new(), Duration::ZERO),
        };
        TestResult {
            name,
            outcome,
            printed,
            took,
        }
    }
}

/// What becomes of one test.
pub(super) fn test(engine: regorus::Engine, name: String) -> TestOutcome {
    observed(engine, name).outcome
}

fn observed(mut engine: regorus::Engine, name: String) -> TestResult {
    let begin = Instant::now();
    let outcome = match engine.eval_rule(name.clone()) {
        Ok(regorus::Value::Bool(true)) => TestOutcome::Pass,
        Ok(_) => TestOutcome::Fail,
        Err(error) => TestOutcome::Error(error::without_values(&error)),
    };
    TestResult {
        name,
        outcome,
        printed: engine.take_prints().unwrap_or_default(),
        took: begin.elapsed(),
    }
}
