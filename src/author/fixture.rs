//! Judges a policy by its fixtures: plans whose names say what the policy must say of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::expectation::{self, Expected};
use crate::engine::{Engine, Limits};
use crate::judge::Judge;
use crate::model::Map;
use crate::pack::{Pack, Policy};
use crate::plan;
use crate::report::{PlanReport, Verdict};
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

/// One plan of a policy's folder.
struct Case {
    plan: PathBuf,
    /// The name of the folder that it is in, below the policy's own.
    name: Option<String>,
}

/// Judges a policy by the fixtures in its folder, with its parameters at their defaults but for those that a case sets.
///
/// `as_of` is the date to judge by, as in `2026-11-22`.
pub fn judge_fixtures(pack: &Pack, policy: &Policy, folder: &Path, as_of: &str) -> FixtureReport {
    let mut report = FixtureReport::default();
    let alone = Pack {
        policies: vec![policy.clone()],
        libraries: pack.libraries.clone(),
    };
    let judge = Engine::new(&alone, Limits::default()).map(|engine| Judge {
        engine,
        params: alone.params(&BTreeMap::new()).unwrap_or_default(),
        as_of: as_of.to_owned(),
        pack: &alone,
    });
    let mut judge = match judge {
        Ok(judge) => judge,
        Err(error) => {
            report.problems.push(error.to_string());
            return report;
        }
    };
    let cases = cases(folder);
    if cases.is_empty() {
        report.problems.push(format!(
            "{}: no plan.json, in it or in a fail_* folder in it",
            folder.display()
        ));
    }
    for case in cases {
        let params = params(&case, policy).and_then(|params| alone.params(&params).map_err(|error| error.to_string()));
        let judged = params.and_then(|params| {
            judge.params = params;
            judge_case(&judge, &case, &mut report)
        });
        if let Err(problem) = judged {
            report.problems.push(format!("{}: {problem}", case.plan.display()));
        }
    }
    if report.problems.is_empty() && !report.held.contains_key(&Expected::Fail) {
        report.problems.push(format!(
            "{}: nothing is called fail_*, so nothing shows that it can fail",
            folder.display()
        ));
    }
    report
}

/// The plan of the folder itself, where it has one, and those of the folders in it whose names state something: these
/// must have one.
fn cases(folder: &Path) -> Vec<Case> {
    let mut cases = vec![Case {
        plan: folder.join("plan.json"),
        name: None,
    }];
    cases.retain(|case| case.plan.is_file());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if expectation::of_folder(&name).is_some() && entry.path().is_dir() {
            cases.push(Case {
                plan: entry.path().join("plan.json"),
                name: Some(name),
            });
        }
    }
    cases.sort_by(|one, other| one.plan.cmp(&other.plan));
    cases
}

/// What the `params.json` beside a case's plan sets, by policy; nothing where there is none.
fn params(case: &Case, policy: &Policy) -> Result<BTreeMap<String, Map>, String> {
    let path = case.plan.with_file_name("params.json");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read(path).map_err(|error| error.to_string())?;
    let set: Map = serde_json::from_slice(&text).map_err(|error| format!("params.json: {error}"))?;
    Ok(BTreeMap::from([(policy.id.to_string(), set)]))
}

fn judge_case(judge: &Judge, case: &Case, report: &mut FixtureReport) -> Result<(), String> {
    let bytes = fs::read(&case.plan).map_err(|error| error.to_string())?;
    let decoded = plan::decode(bytes).map_err(|error| error.to_string())?;
    let plan = plan::parse(&decoded.text).map_err(|error| error.to_string())?;
    let name = case.name.as_deref().unwrap_or_default();
    let source = match case.plan.parent().filter(|_| name.ends_with(WITH_SOURCE)) {
        Some(folder) => Some(Source::read(folder).map_err(|error| error.to_string())?),
        None => None,
    };
    let judged = judge
        .judge(name, &plan, source.as_ref())
        .map_err(|error| error.to_string())?;
    let model = judge.document(&plan, crate::model::State::After, source.as_ref());
    let examines = judge.pack.policies.iter().flat_map(|policy| &policy.examines);
    let addresses: BTreeSet<&str> = examines.flat_map(|subject| model.addresses(subject)).collect();
    let verdicts = verdicts(&judged)?;
    for address in addresses {
        let expected = match address {
            "plan" => expectation::of_folder(name),
            address => expectation::of_address(address),
        };
        let found = verdicts.get(address);
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
        report
            .problems
            .push(format!("{}: {}", case.plan.display(), problem.trim_end()));
    }
    Ok(())
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
        let report = judge_fixtures(&pack, policy, &folder, "2026-11-22");
        let lacks = super::super::lint(policy, &folder).join("\n");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
        assert!(report.problems[0].contains("fail_nothing"), "{:?}", report.problems);
        for file in ["main.tf", "plan.json"] {
            let path = folder.join("fail_nothing").join(file);
            assert!(lacks.contains(&format!("{}: is missing", path.display())), "{lacks}");
        }
        assert!(!lacks.contains("pass_notes"), "{lacks}");
    }
}
