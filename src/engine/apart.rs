//! The user's policies, judged in processes of their own.

pub(super) mod rules;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::compile::{self, Checked, Libraries, RULES};
use super::error::Rejection;
use super::foreign::apart as foreign;
use super::handed::{self, Handed};
use super::imports;
use super::needs::needs;
use super::syntax::Form;
use super::verdicts::Verdicts;
use super::{Document, EngineError, Limits, Outcomes, error};
use crate::apart::{self, Apart, Served, Why, Work};
use crate::model::{Needs, Value};
use crate::pack::{Library, Origin, Policy, Source};

/// Jobs that judge by one policy each.
const JUDGE: &str = "judge";

/// Jobs that evaluate one rule of a policy each.
const RULE: &str = "rule";

/// From so many resources on, each process is handed what its policies can see alone.
const LARGE: usize = 2_000;

/// A file of Rego and its facts.
#[derive(Deserialize, Serialize)]
struct Sent {
    package: Arc<str>,
    path: String,
    text: String,
    data: Option<Value>,
}

/// What judging takes, besides the plan.
#[derive(Deserialize, Serialize)]
struct Head {
    time: Duration,
    range: u32,
    libraries: Vec<Sent>,
    policies: Vec<Sent>,
    /// The rules of the only policy, where they are evaluated one by one.
    rules: Vec<String>,
}

/// What came of a job.
#[derive(Deserialize, Serialize)]
enum Answer {
    Said(Verdicts),
    Broken(String),
    NoFinding(String, String),
    Late,
}

/// What one policy says of a document, in a process of its own where it is the user's and the limits say so; none where
/// it is not.
///
/// # Errors
///
/// Where the policy breaks, or does not end within its limits.
pub(crate) fn verdicts(
    policy: &Policy,
    libraries: &[Library],
    document: &Document,
    limits: &Limits,
) -> Result<Option<Verdicts>, EngineError> {
    let Some(apart) = limits.apart.as_ref().filter(|_| policy.origin == Origin::Folder) else {
        return Ok(None);
    };
    let input = Handed::Value(document.0.clone());
    let mut outcomes = judge(&[policy], libraries, &input, limits, apart)?;
    outcomes.remove(&policy.id).transpose()
}

/// What each policy says of the input.
///
/// # Errors
///
/// Where the input is no JSON.
pub(super) fn judge(
    policies: &[&Policy],
    libraries: &[Library],
    input: &Handed,
    limits: &Limits,
    apart: &Apart,
) -> Result<Outcomes, EngineError> {
    let desk = Desk {
        libraries,
        input,
        limits,
        apart,
    };
    let answers = desk.ask(JUDGE, policies, &[])?;
    let mut outcomes = Outcomes::new();
    for (policy, answer) in policies.iter().zip(answers) {
        outcomes.insert(policy.id.clone(), desk.outcome(policy, answer)?);
    }
    Ok(outcomes)
}

pub(super) fn unsent(error: serde_json::Error) -> EngineError {
    EngineError::Input(error.to_string())
}

/// The error of a policy whose job had no result, at a place with a colon and a blank after it, or none.
pub(super) fn ended(why: Why, policy: Arc<str>, place: String, limits: &Limits, apart: &Apart) -> EngineError {
    match why {
        Why::Time => EngineError::Late {
            policy,
            limit: limits.time,
            place,
        },
        Why::Memory => EngineError::Memory {
            policy,
            limit: apart.memory,
            place,
        },
        Why::Stack => EngineError::Ended {
            policy,
            how: format!("{place}it calls itself too deep"),
        },
        Why::Other(how) => EngineError::Ended { policy, how },
    }
}

/// All that goes to the processes.
struct Desk<'a> {
    libraries: &'a [Library],
    input: &'a Handed,
    limits: &'a Limits,
    apart: &'a Apart,
}

impl Desk<'_> {
    fn ask(
        &self,
        kind: &'static str,
        policies: &[&Policy],
        rules: &[&str],
    ) -> Result<Vec<Result<Answer, Why>>, EngineError> {
        let needed = imports::needed(self.libraries, policies.iter().map(|policy| &*policy.text));
        let head = Head {
            time: self.limits.time,
            range: self.limits.range,
            libraries: needed.into_iter().map(Sent::from).collect(),
            policies: policies.iter().map(|policy| Sent::from(*policy)).collect(),
            rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        };
        let needs: Vec<Needs> = policies.iter().map(|policy| self.needs(policy)).collect();
        let work = Work {
            kind,
            head: serde_json::to_string(&head).map_err(unsent)?,
            body: &|jobs, out| {
                let needs = jobs
                    .iter()
                    .filter_map(|job| needs.get(if kind == RULE { 0 } else { *job }));
                self.input.write(&needs.fold(Needs::default(), Needs::and), out)
            },
            shares: match kind {
                RULE => vec![(0..rules.len()).collect()],
                _ => self.shares(&needs),
            },
            time: compile::patience(self.limits),
            only_to_first_end: kind == RULE,
        };
        Ok(apart::run(&work, self.apart))
    }

    /// What a policy can see; to find that out is worth it where there is much to see.
    fn needs(&self, policy: &Policy) -> Needs {
        let all = Needs::all();
        let Handed::Model(taken) = self.input else {
            return all;
        };
        if self.input.resources(&all) < LARGE {
            return all;
        }
        let libraries = imports::needed(self.libraries, [&*policy.text].into_iter());
        needs([policy].into_iter(), &libraries, &taken.model.params)
    }

    /// The policies that each process judges by. Where much is to be seen, each sees a part of it, or there is one alone:
    /// every process holds what its policies see.
    fn shares(&self, needs: &[Needs]) -> Vec<Vec<usize>> {
        let workers = self.limits.workers();
        if self.input.resources(&Needs::all()) < LARGE {
            return apart::shares(needs.len(), workers, 0);
        }
        let size = |share: &[usize]| {
            let needs = share.iter().filter_map(|policy| needs.get(*policy));
            self.input.resources(&needs.fold(Needs::default(), Needs::and))
        };
        let all: Vec<usize> = (0..needs.len()).collect();
        // Neighbours by name see much the same.
        let shares: Vec<Vec<usize>> = all
            .chunks(needs.len().div_ceil(workers.get()))
            .map(<[_]>::to_vec)
            .collect();
        let held: usize = shares.iter().map(|share| size(share)).sum();
        if held * 2 > size(&all) * 3 {
            return vec![all];
        }
        shares
    }

    fn outcome(
        &self,
        policy: &Policy,
        answer: Result<Answer, Why>,
    ) -> Result<Result<Verdicts, EngineError>, EngineError> {
        let id = policy.id.clone();
        let why = match answer {
            Ok(Answer::Said(verdicts)) => return Ok(Ok(verdicts)),
            Ok(Answer::Broken(message)) => return Ok(Err(EngineError::Broken { policy: id, message })),
            Ok(Answer::NoFinding(rule, message)) => {
                let rule = RULES.into_iter().find(|known| *known == rule).unwrap_or(RULES[0]);
                return Ok(Err(EngineError::NoFinding {
                    policy: id,
                    rule,
                    message,
                }));
            }
            Ok(Answer::Late) => Why::Time,
            Err(why) => why,
        };
        let place = match why {
            Why::Other(_) => String::new(),
            _ => self.place(policy)?,
        };
        Ok(Err(ended(why, id, place, self.limits, self.apart)))
    }

    /// The place of the first rule of a policy that by itself does not end within the limits; else of its first verdict.
    fn place(&self, policy: &Policy) -> Result<String, EngineError> {
        let source = Source {
            path: policy.path.clone(),
            text: policy.text.clone(),
        };
        let Ok(module) = compile::parse(&source) else {
            return Ok(String::new());
        };
        let mut rules: Vec<(&str, u64)> = Vec::new();
        for rule in &module.rules {
            let is_known = rules.iter().any(|(name, _)| *name == rule.name);
            if !is_known && !matches!(rule.form, Form::Function(_)) {
                rules.push((&rule.name, rule.line));
            }
        }
        // What the verdicts read is asked first.
        rules.sort_by_key(|(name, _)| RULES.contains(name));
        let names: Vec<&str> = rules.iter().map(|(name, _)| *name).collect();
        let answers = self.ask(RULE, &[policy], &names)?;
        let ended = |answer: &Result<Answer, Why>| !matches!(answer, Ok(Answer::Said(_)));
        let first = answers.iter().position(ended);
        let verdict = || rules.iter().position(|(name, _)| RULES.contains(name));
        let Some((name, line)) = first.or_else(verdict).and_then(|index| rules.get(index)) else {
            return Ok(String::new());
        };
        Ok(format!("{}:{line}: `{name}`: ", policy.path))
    }
}

/// Does the jobs that this process was started for.
///
/// # Errors
///
/// Where it was not told what they are, or nobody listens.
pub fn serve(served: &mut Served) -> io::Result<()> {
    match served.kind() {
        JUDGE | RULE => policies(served),
        rules::EVALUATE => rules::serve(served),
        foreign::JUDGE | foreign::RULE => foreign::serve(served),
        kind => Err(io::Error::other(format!(
            "`{kind}` is no work of this version: run it by plangate alone"
        ))),
    }
}

/// The libraries that were sent, in an engine with the limits that were.
fn loaded(libraries: Vec<Sent>, time: Duration, range: u32) -> io::Result<Libraries> {
    let limits = Limits {
        time,
        range,
        ..Limits::default()
    };
    let libraries: Vec<Library> = libraries.into_iter().map(Library::from).collect();
    Libraries::load(&libraries, &limits, Checked::None).map_err(|mut rejections| refused(&rejections.remove(0)))
}

fn policies(served: &mut Served) -> io::Result<()> {
    let head: Head = served.head()?;
    let libraries = loaded(head.libraries, head.time, head.range)?;
    let input = handed::read(served.take_body()?)?;
    let load = |policy: &Sent| -> io::Result<regorus::Engine> {
        let mut engine = libraries.engine.clone();
        policy.add_facts(&mut engine)?;
        compile::add_alone(&mut engine, &policy.package, &policy.source()).map_err(|rejection| refused(&rejection))?;
        engine.set_input(input.clone());
        Ok(engine)
    };
    for job in served.jobs() {
        if served.kind() == RULE {
            let (Some(policy), Some(rule)) = (head.policies.first(), head.rules.get(job)) else {
                break;
            };
            let mut engine = load(policy)?;
            served.started(job)?;
            // A rule that cannot be asked for by its name alone, or breaks, has come to an end.
            let answer = match engine.eval_rule(format!("data.{}.{rule}", policy.package)) {
                Err(error) if error::is_late(&error) => Answer::Late,
                _ => Answer::Said(Verdicts::default()),
            };
            let is_last = matches!(answer, Answer::Late);
            served.done(job, answer)?;
            if is_last {
                break;
            }
        } else {
            let Some(policy) = head.policies.get(job) else { break };
            let mut engine = load(policy)?;
            served.started(job)?;
            let said = super::evaluate(&mut engine, policy.package.clone(), head.time);
            // What it made would be counted with what the next one makes.
            drop(engine);
            served.done(job, Answer::from(said))?;
        }
    }
    Ok(())
}

pub(super) fn refused(rejection: &Rejection) -> io::Error {
    io::Error::other(rejection.to_string())
}

impl From<Result<Verdicts, EngineError>> for Answer {
    fn from(said: Result<Verdicts, EngineError>) -> Self {
        match said {
            Ok(verdicts) => Answer::Said(verdicts),
            Err(EngineError::Late { .. }) => Answer::Late,
            Err(EngineError::NoFinding { rule, message, .. }) => Answer::NoFinding(rule.to_owned(), message),
            Err(error) => Answer::Broken(error.to_string()),
        }
    }
}

impl Sent {
    fn source(&self) -> Source {
        Source {
            path: self.path.clone(),
            text: self.text.clone().into(),
        }
    }

    fn add_facts(&self, engine: &mut regorus::Engine) -> io::Result<()> {
        match &self.data {
            Some(facts) => compile::add_facts(engine, &self.package, facts).map_err(io::Error::other),
            None => Ok(()),
        }
    }
}

impl From<&Source> for Sent {
    fn from(source: &Source) -> Self {
        Sent {
            package: Arc::default(),
            path: source.path.clone(),
            text: source.text.clone().into_owned(),
            data: None,
        }
    }
}

impl From<&Policy> for Sent {
    fn from(policy: &Policy) -> Self {
        Sent {
            package: policy.id.clone(),
            path: policy.path.clone(),
            text: policy.text.clone().into_owned(),
            data: policy.data.clone(),
        }
    }
}

impl From<Library> for Sent {
    fn from(library: Library) -> Self {
        Sent {
            package: library.package,
            path: library.path,
            text: library.text.into_owned(),
            data: library.data,
        }
    }
}

impl From<Sent> for Library {
    fn from(sent: Sent) -> Self {
        Library {
            package: sent.package,
            path: sent.path,
            text: sent.text.into(),
            data: sent.data,
            tests: None,
            origin: Origin::Folder,
        }
    }
}
