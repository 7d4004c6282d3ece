//! Rego tests: the rules `test_*` beside a policy or a library.

use std::time::{Duration, Instant};

use super::compile::{self, Libraries};
use super::coverage::Coverage;
use super::workers::{self, Job, Unfinished};
use super::{EngineError, Limits, Rejections, error};
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

/// Runs the tests of a policy whose names are wanted, each on its own, in the order of its file; none where it has no
/// tests.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the libraries, the policy or its tests do not load.
pub fn run_tests(
    policy: &Policy,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<TestResult>, EngineError> {
    match &policy.tests {
        Some(tests) => run(&policy.id, Some(policy), tests, libraries, limits, is_wanted),
        None => Ok(Vec::new()),
    }
}

/// Runs the tests of one of the libraries, as [`run_tests`] runs those of a policy.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the libraries or the tests do not load.
pub fn run_library_tests(
    library: &Library,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<TestResult>, EngineError> {
    match &library.tests {
        Some(tests) => run(&library.package, None, tests, libraries, limits, is_wanted),
        None => Ok(Vec::new()),
    }
}

/// The lines of a policy's rules that its wanted tests evaluate, however they come out; what a test evaluates that does
/// not come to an end is not counted.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the libraries, the policy or its tests do not load.
pub fn coverage(
    policy: &Policy,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Coverage, EngineError> {
    let source = Source {
        path: policy.path.clone(),
        text: policy.text.clone(),
    };
    let tests = policy.tests.as_ref();
    covered(&policy.id, Some(policy), &source, tests, libraries, limits, is_wanted)
}

/// The lines of one of the libraries' rules that its tests evaluate, as [`coverage`] counts those of a policy.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the libraries or the tests do not load.
pub fn library_coverage(
    library: &Library,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Coverage, EngineError> {
    let source = Source {
        path: library.path.clone(),
        text: library.text.clone(),
    };
    let tests = library.tests.as_ref();
    covered(&library.package, None, &source, tests, libraries, limits, is_wanted)
}

fn covered(
    package: &str,
    policy: Option<&Policy>,
    source: &Source,
    tests: Option<&Source>,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Coverage, EngineError> {
    let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
    let mut all = Coverage::none(source).map_err(|rejection| rejected(vec![rejection]))?;
    let Some(tests) = tests else { return Ok(all) };
    let libraries = Libraries::load(libraries, limits, true).map_err(rejected)?;
    let (mut engine, names) = libraries.with_tests(package, policy, tests).map_err(rejected)?;
    engine.set_enable_coverage(true);
    let jobs = names
        .into_iter()
        .filter(|name| is_wanted(name))
        .map(|name| -> Job<Coverage> {
            let (mut engine, path) = (engine.clone(), source.path.clone());
            Box::new(move || {
                // How it comes out is for `run_tests` to say.
                let _ = engine.eval_rule(name);
                let mut one = Coverage {
                    path,
                    ..Coverage::default()
                };
                one.add(&engine);
                one
            })
        });
    for one in workers::run(jobs.collect(), limits.workers(), compile::patience(limits)) {
        all.merge(one.unwrap_or_default());
    }
    Ok(all)
}

fn run(
    package: &str,
    policy: Option<&Policy>,
    tests: &Source,
    libraries: &[Library],
    limits: &Limits,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<TestResult>, EngineError> {
    let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
    let libraries = Libraries::load(libraries, limits, true).map_err(rejected)?;
    let (engine, mut names) = libraries.with_tests(package, policy, tests).map_err(rejected)?;
    names.retain(|name| is_wanted(name));
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
