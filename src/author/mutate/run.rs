//! Judges each mutant of a policy by the policy's fixtures and tests.

use std::path::Path;
use std::sync::Arc;

use super::change::{Mutant, mutants};
use crate::author::fixture::{self, Case};
use crate::engine::{self, Document, EngineError, Limits, TestOutcome, Trial, Tried};
use crate::pack::{Pack, Policy, Source};

/// What became of the mutants of a policy.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// How many a fixture or a test noticed.
    pub killed: usize,
    /// Those that nothing noticed, in the order of their places.
    pub survivors: Vec<Mutant>,
    /// How many are no policies: they do not compile.
    pub invalid: usize,
}

impl Mutation {
    /// How many were judged.
    pub fn judged(&self) -> usize {
        self.killed + self.survivors.len()
    }
}

/// What became of one mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Killed,
    Survived,
    Invalid,
}

/// All that may notice a change.
struct Witnesses {
    trial: Trial,
    policy: Policy,
    cases: Vec<(Case, Document)>,
}

/// Changes a policy in one place at a time, and judges each by the fixtures in its folder and by its tests.
///
/// A mutant that breaks, or does not come to an end in time, is noticed. `as_of` is the date to judge by.
///
/// # Errors
///
/// What the policy as it is does not do, so that there is nothing to measure by.
pub fn mutate(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str, limits: &Limits) -> Result<Mutation, String> {
    let told = |error: EngineError| error.to_string();
    let source = Source {
        path: policy.path.clone(),
        text: policy.text.clone(),
    };
    let mutants = mutants(&source).map_err(told)?;
    let witnesses = Arc::new(Witnesses::call(pack, policy, folder, as_of, limits)?);
    witnesses.agree()?;
    let jobs = mutants.iter().map(|mutant| -> Box<dyn FnOnce() -> Fate + Send> {
        let (witnesses, text) = (witnesses.clone(), mutant.text.clone());
        Box::new(move || witnesses.fate(text))
    });
    let fates = engine::in_time(jobs, limits);
    let mut mutation = Mutation::default();
    for (mutant, fate) in mutants.into_iter().zip(fates) {
        match fate {
            None | Some(Fate::Killed) => mutation.killed += 1,
            Some(Fate::Survived) => mutation.survivors.push(mutant),
            Some(Fate::Invalid) => mutation.invalid += 1,
        }
    }
    Ok(mutation)
}

impl Witnesses {
    fn call(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str, limits: &Limits) -> Result<Self, String> {
        let case = |case: Result<Case, String>| {
            let case = case?;
            let document = Document::new(&case.model).map_err(|error| error.to_string())?;
            Ok((case, document))
        };
        let cases = fixture::cases(pack, policy, folder, as_of);
        Ok(Witnesses {
            trial: Trial::new(policy, &pack.libraries, limits).map_err(|error| error.to_string())?,
            policy: policy.clone(),
            cases: cases.into_iter().map(case).collect::<Result<_, String>>()?,
        })
    }

    /// Whether the policy as it is does what is stated of it.
    fn agree(&self) -> Result<(), String> {
        let tried = self.trial.load(self.policy.text.clone().into_owned());
        match self.notice(&tried.map_err(|error| error.to_string())?) {
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }

    fn fate(&self, text: String) -> Fate {
        match self.trial.load(text) {
            Err(_) => Fate::Invalid,
            Ok(tried) if self.notice(&tried).is_some() => Fate::Killed,
            Ok(_) => Fate::Survived,
        }
    }

    /// The first thing that a policy with these rules does otherwise.
    fn notice(&self, tried: &Tried) -> Option<String> {
        let by_fixture = |(case, document): &(Case, Document)| {
            let said = case.is_examined().then(|| tried.judge(document));
            case.compare(&self.policy, said).problems.into_iter().next()
        };
        let by_test = |name: &String| match tried.test(name) {
            TestOutcome::Pass => None,
            TestOutcome::Fail => Some(format!("{name} fails")),
            TestOutcome::Error(error) => Some(format!("{name} breaks: {error}")),
        };
        let mut fixtures = self.cases.iter().filter_map(by_fixture);
        fixtures.next().or_else(|| self.trial.tests().iter().find_map(by_test))
    }
}
