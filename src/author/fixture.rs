//! Judges a policy by its fixtures: plans whose names say what the policy must say of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::expectation::{self, Expected};
use crate::engine::{Document, Engine, EngineError, Limits, Verdicts};
use crate::judge;
use crate::model::{self, Map, Model, State};
use crate::pack::{Pack, Policy};
use crate::plan;
use crate::report::{PlanFacts, PlanReport, Verdict};
use crate::source::Source;

/// A case whose folder's name ends so is judged with the configuration beside its plan, the others without.
const WITH_SOURCE: &str = "_source";

/// The file of a case whose plan was cut out of another, in the place of its `main.tf`.
pub const CUT: &str = "cut.txt";

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

/// Judges a policy by the fixtures in its folder, with its parameters at their defaults but for those that a case sets.
///
/// `as_of` is the date to judge by, as in `2026-11-22`.
pub fn judge_fixtures(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str, limits: &Limits) -> FixtureReport {
    let mut report = FixtureReport::default();
    let alone = alone(pack, policy);
    let engine = match Engine::new(&alone, limits.clone()) {
        Ok(engine) => engine,
        Err(error) => {
            report.problems.push(error.to_string());
            return report;
        }
    };
    let mut unexamined = BTreeSet::new();
    for case in cases(&alone, policy, folder, as_of) {
        let judged = case.and_then(|case| {
            unexamined.extend(case.unexamined());
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
        let place = folder.display();
        let examined = policy.examines.join(", ");
        report.problems.extend(
            unexamined
                .iter()
                .map(|address| format!("{place}: {address} is called fail_*, but the policy examines only {examined}")),
        );
        if unexamined.is_empty() {
            let problem = "nothing is called fail_*, so nothing shows that it can fail";
            report.problems.push(format!("{place}: {problem}"));
        }
    }
    report
}

/// What a policy reads of the fixtures in its folder; those that it examines nothing of are left out, as judging does.
pub fn documents(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str) -> Vec<Document> {
    let cases = cases(pack, policy, folder, as_of).into_iter().flatten();
    let judged = cases.filter(Case::is_examined);
    judged.filter_map(|case| Document::new(&case.model).ok()).collect()
}

impl FixtureReport {
    fn add(&mut self, other: FixtureReport) {
        for (expected, number) in other.held {
            *self.held.entry(expected).or_default() += number;
        }
        self.problems.extend(other.problems);
    }
}

pub(super) fn alone(pack: &Pack, policy: &Policy) -> Pack {
    Pack {
        policies: vec![policy.clone()],
        libraries: pack.libraries.clone(),
    }
}

/// The plan of the folder itself, where it has one, and those of the folders in it whose names state something, which
/// must have one; or why one cannot be read, or that there is none.
pub(super) fn cases(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str) -> Vec<Result<Case, String>> {
    let mut plans = vec![(folder.join("plan.json"), String::new())];
    plans.retain(|(path, _)| path.is_file());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if expectation::of_folder(&name).is_some() && entry.path().is_dir() {
            plans.push((entry.path().join("plan.json"), name));
        }
    }
    plans.sort();
    if plans.is_empty() {
        return vec![Err(format!(
            "{}: no plan.json, in it or in a fail_* folder in it",
            folder.display()
        ))];
    }
    let read = |(path, name): (PathBuf, String)| {
        Case::read(pack, policy, &path, name, as_of).map_err(|problem| format!("{}: {problem}", path.display()))
    };
    plans.into_iter().map(read).collect()
}

/// What the `params.json` beside a case's plan sets, by policy; nothing where there is none.
fn params(plan: &Path, policy: &Policy) -> Result<BTreeMap<String, Map>, String> {
    let path = plan.with_file_name("params.json");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read(path).map_err(|error| error.to_string())?;
    let set: Map = serde_json::from_slice(&text).map_err(|error| format!("params.json: {error}"))?;
    Ok(BTreeMap::from([(policy.id.to_string(), set)]))
}

impl Case {
    fn read(pack: &Pack, policy: &Policy, path: &Path, name: String, as_of: &str) -> Result<Self, String> {
        let params = params(path, policy)?;
        let params = pack.params(&params).map_err(|error| error.to_string())?;
        let bytes = fs::read(path).map_err(|error| error.to_string())?;
        let decoded = plan::decode(bytes).map_err(|error| error.to_string())?;
        let plan = plan::parse(&decoded.text).map_err(|error| error.to_string())?;
        let source = match path.parent().filter(|_| name.ends_with(WITH_SOURCE)) {
            Some(folder) => Some(Source::read(folder).map_err(|error| error.to_string())?),
            None => None,
        };
        let model = Model {
            as_of: as_of.to_owned(),
            params,
            ..model::build(&plan, State::After, source.as_ref())
        };
        Ok(Case {
            path: path.display().to_string(),
            name,
            addresses: judge::subjects(policy, &model),
            model,
        })
    }

    /// The addresses whose names state that they fail, and that the policy does not examine.
    fn unexamined(&self) -> Vec<Arc<str>> {
        let by_type = [&self.model.resources, &self.model.data, &self.model.removed];
        let instances = by_type.into_iter().flat_map(|by_type| by_type.values().flatten());
        instances
            .map(|instance| instance.address.clone())
            .filter(|address| expectation::of_address(address) == Some(Expected::Fail))
            .filter(|address| !self.addresses.contains(address))
            .collect()
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_case_without_a_plan_is_missed() {
        let pack = Pack::embedded().unwrap();
        let policy = &pack.policies[0];
        let folder = std::env::temp_dir().join(format!("plangate-fixture-{}", std::process::id()));
        fs::create_dir_all(folder.join("fail_nothing")).unwrap();
        fs::write(folder.join("pass_notes.txt"), "no case").unwrap();
        let report = judge_fixtures(&pack, policy, &folder, "2026-11-22", &Limits::default());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
        assert!(report.problems[0].contains("fail_nothing"), "{:?}", report.problems);
    }
}
