//! Judges a policy by its fixtures: plans whose names say what the policy must say of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::expectation::{self, Expected};
use crate::engine::{Engine, EngineError, Limits, Verdicts};
use crate::judge;
use crate::model::{self, Model, State, Value};
use crate::pack::{Pack, Policy};
use crate::plan;
use crate::report::{PlanFacts, PlanReport, Verdict};
use crate::source::Source;

/// A case whose folder's name ends so is judged with the configuration beside its plan, the others without.
const WITH_SOURCE: &str = "_source";

/// What a policy's fixtures show.
#[derive(Clone, Debug, Default)]
pub struct FixtureReport {
    /// How many addresses were as expected, by what was expected of them.
    pub held: BTreeMap<Expected, usize>,
    /// What is wrong, each with its plan and address.
    pub problems: Vec<String>,
}

/// One plan of a policy's folder, ready to be judged.
pub(super) struct Case {
    path: String,
    /// The name of the folder that it is in, below the policy's own; empty where it is in that.
    name: String,
    /// What the policy examines in it by its METADATA.
    addresses: BTreeSet<Arc<str>>,
    /// The document that the policy reads.
    pub(super) model: Model,
}

/// Judges a policy by the fixtures in its folder, with its parameters at their defaults.
///
/// `as_of` is the date to judge by, as in `2026-11-22`.
pub fn judge_fixtures(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str) -> FixtureReport {
    let mut report = FixtureReport::default();
    let alone = alone(pack, policy);
    let engine = match Engine::new(&alone, Limits::default()) {
        Ok(engine) => engine,
        Err(error) => {
            report.problems.push(error.to_string());
            return report;
        }
    };
    for case in cases(&alone, policy, folder, as_of) {
        let judged = case.and_then(|case| {
            let mut judgements = engine
                .judge(&case.model, |_| case.is_examined())
                .map_err(|error| case.problem(&error.to_string()))?;
            let said = judgements.pop().map(|judgement| judgement.outcome);
            report.add(case.compare(policy, said));
            Ok(())
        });
        report.problems.extend(judged.err());
    }
    if report.problems.is_empty() && !report.held.contains_key(&Expected::Fail) {
        report.problems.push(format!(
            "{}: nothing is called fail_*, so nothing shows that it can fail",
            folder.display()
        ));
    }
    report
}

impl FixtureReport {
    fn add(&mut self, other: FixtureReport) {
        for (expected, number) in other.held {
            *self.held.entry(expected).or_default() += number;
        }
        self.problems.extend(other.problems);
    }
}

fn alone(pack: &Pack, policy: &Policy) -> Pack {
    Pack {
        policies: vec![policy.clone()],
        libraries: pack.libraries.clone(),
    }
}

/// The plan of the folder itself, and those of the folders in it whose names state something; or why one cannot be
/// read, or that there is none.
pub(super) fn cases(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str) -> Vec<Result<Case, String>> {
    let mut plans = vec![(folder.join("plan.json"), String::new())];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if expectation::of_folder(&name).is_some() {
            plans.push((entry.path().join("plan.json"), name));
        }
    }
    plans.retain(|(path, _)| path.is_file());
    plans.sort();
    if plans.is_empty() {
        return vec![Err(format!(
            "{}: no plan.json, in it or in a fail_* folder in it",
            folder.display()
        ))];
    }
    let params = pack.params(&BTreeMap::new()).unwrap_or_default();
    let read = |(path, name): (PathBuf, String)| {
        Case::read(policy, &path, name, as_of, &params).map_err(|problem| format!("{}: {problem}", path.display()))
    };
    plans.into_iter().map(read).collect()
}

impl Case {
    fn read(policy: &Policy, path: &Path, name: String, as_of: &str, params: &Value) -> Result<Self, String> {
        let bytes = fs::read(path).map_err(|error| error.to_string())?;
        let decoded = plan::decode(bytes).map_err(|error| error.to_string())?;
        let plan = plan::parse(&decoded.text).map_err(|error| error.to_string())?;
        let source = match path.parent().filter(|_| name.ends_with(WITH_SOURCE)) {
            Some(folder) => Some(Source::read(folder).map_err(|error| error.to_string())?),
            None => None,
        };
        let model = Model {
            as_of: as_of.to_owned(),
            params: params.clone(),
            ..model::build(&plan, State::After, source.as_ref())
        };
        Ok(Case {
            path: path.display().to_string(),
            name,
            addresses: judge::subjects(policy, &model),
            model,
        })
    }

    /// Whether the policy examines anything in it; otherwise it is not asked.
    pub(super) fn is_examined(&self) -> bool {
        !self.addresses.is_empty()
    }

    /// What the policy says of the plan, which is none where it was not asked, against what the names in it state.
    pub(super) fn compare(&self, policy: &Policy, said: Option<Result<Verdicts, EngineError>>) -> FixtureReport {
        let said = said.unwrap_or_else(|| Ok(Verdicts::default()));
        let said = said.map_err(|error| error.to_string());
        let judged = judge::judged(policy, self.addresses.clone(), said, None);
        let mut report = FixtureReport::default();
        match verdicts(&PlanReport::build(PlanFacts::default(), [judged])) {
            Ok(verdicts) => self.compare_each(&verdicts, &mut report),
            Err(problem) => report.problems.push(self.problem(&problem)),
        }
        report
    }

    fn compare_each(&self, verdicts: &BTreeMap<&str, (Verdict, String)>, report: &mut FixtureReport) {
        for address in &self.addresses {
            let expected = match &**address {
                "plan" => expectation::of_folder(&self.name),
                address => expectation::of_address(address),
            };
            let found = verdicts.get(&**address);
            let verdict = found.map(|(verdict, _)| *verdict);
            let said = found.map(|(_, message)| message.as_str()).unwrap_or_default();
            let problem = match expected {
                Some(expected) if expected.is(verdict) => {
                    *report.held.entry(expected).or_default() += 1;
                    continue;
                }
                Some(expected) => format!("{address}: expected {expected}, found {} {said}", shown(verdict)),
                None if matches!(verdict, Some(Verdict::Fail | Verdict::Unknown)) => {
                    format!(
                        "{address}: {} {said}, though its name does not state it",
                        shown(verdict)
                    )
                }
                None => continue,
            };
            report.problems.push(self.problem(problem.trim_end()));
        }
    }

    fn problem(&self, problem: &str) -> String {
        format!("{}: {problem}", self.path)
    }
}

/// The worst verdict on each address, and the message of it.
fn verdicts(judged: &PlanReport) -> Result<BTreeMap<&str, (Verdict, String)>, String> {
    let mut verdicts: BTreeMap<&str, (Verdict, String)> = BTreeMap::new();
    for row in &judged.results {
        let message = row.message.as_deref().unwrap_or_default();
        if row.verdict == Verdict::Error {
            return Err(format!("the policy broke: {message}"));
        }
        if let Some(address) = row.address.as_deref() {
            let worst = verdicts.entry(address).or_insert((row.verdict, message.to_owned()));
            if row.verdict < worst.0 {
                *worst = (row.verdict, message.to_owned());
            }
        }
    }
    Ok(verdicts)
}

fn shown(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Fail) => "fail:",
        Some(Verdict::Unknown) => "unknown:",
        Some(Verdict::Pass) => "pass",
        _ => "no verdict",
    }
}
