//! The policies of other tools, judged in processes of their own, which load them again.

use std::borrow::Cow;
use std::io;
use std::num::NonZeroUsize;
use std::time::Duration;

use regorus::Value as Raw;
use serde::{Deserialize, Serialize};

use super::super::apart::{ended, unsent};
use super::super::syntax::Form;
use super::super::verdicts::member;
use super::super::{Document, EngineError, Limits, compile, error};
use super::{Conftest, File, Namespaces, Regula, Said, regula};
use crate::apart::{self, Apart, Served, Why, Work};
use crate::pack::{Dialect, Foreign};

/// Jobs that ask one package each.
pub(in crate::engine) const JUDGE: &str = "foreign";

/// Jobs that evaluate one rule of a package each.
pub(in crate::engine) const RULE: &str = "foreign-rule";

/// What a package says, or the engine's message.
pub(super) type Outcome = Result<Vec<Said>, String>;

/// What loading them again takes.
#[derive(Clone, Deserialize, Serialize)]
struct Sent {
    foreign: Foreign,
    namespaces: Namespaces,
    now: i64,
    time: Duration,
    range: u32,
}

#[derive(Deserialize, Serialize)]
struct Head<'a> {
    sent: Cow<'a, Sent>,
    /// The name and the folder of the plan's file.
    file: (String, String),
    package: String,
    rules: Vec<String>,
}

/// All that goes to the processes.
pub(super) struct Desk {
    sent: Sent,
    limits: Limits,
    apart: Apart,
}

impl Desk {
    /// A desk for policies that are to be judged apart.
    pub(super) fn new(foreign: &Foreign, namespaces: &Namespaces, limits: &Limits, now: i64) -> Option<Self> {
        let apart = limits.apart.clone()?;
        let sent = Sent {
            foreign: foreign.clone(),
            namespaces: namespaces.clone(),
            now,
            time: limits.time,
            range: limits.range,
        };
        Some(Desk {
            sent,
            limits: limits.clone(),
            apart,
        })
    }

    /// What each package says of a document, in the order in which they are loaded.
    pub(super) fn judge(
        &self,
        packages: &[&str],
        files: &[File],
        document: &Document,
        file: (&str, &str),
    ) -> Vec<Result<Outcome, EngineError>> {
        let body = match serde_json::to_vec(&document.0) {
            Ok(body) => body,
            Err(error) => {
                return packages
                    .iter()
                    .map(|_| Err(EngineError::Input(error.to_string())))
                    .collect();
            }
        };
        let answers = match self.ask::<Outcome>(JUDGE, &body, file, "", &[], packages.len()) {
            Ok(answers) => answers,
            Err(error) => return packages.iter().map(|_| Err(error.clone())).collect(),
        };
        let outcome = |(package, answer): (&&str, Result<Outcome, Why>)| {
            let why = match answer {
                Ok(Err(message)) if error::is_late(&message) => Why::Time,
                Ok(outcome) => return Ok(outcome),
                Err(why) => why,
            };
            let place = match why {
                Why::Other(_) => String::new(),
                _ => self.place(package, files, &body, file)?,
            };
            Err(ended(why, (*package).into(), place, &self.limits, &self.apart))
        };
        packages.iter().zip(answers).map(outcome).collect()
    }

    fn ask<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        kind: &'static str,
        body: &[u8],
        file: (&str, &str),
        package: &str,
        rules: &[&str],
        jobs: usize,
    ) -> Result<Vec<Result<T, Why>>, EngineError> {
        let head = Head {
            sent: Cow::Borrowed(&self.sent),
            file: (file.0.to_owned(), file.1.to_owned()),
            package: package.to_owned(),
            rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        };
        let workers = match kind {
            RULE => NonZeroUsize::MIN,
            _ => self.limits.workers(),
        };
        let work = Work {
            kind,
            head: serde_json::to_string(&head).map_err(unsent)?,
            body: &|_, out| out.write_all(body),
            shares: apart::shares(jobs, workers, body.len()),
            time: compile::patience(&self.limits),
            only_to_first_end: kind == RULE,
        };
        Ok(apart::run(&work, &self.apart))
    }

    /// The place of the first rule of a package that by itself does not end within the limits; else of the last one.
    fn place(&self, package: &str, files: &[File], body: &[u8], file: (&str, &str)) -> Result<String, EngineError> {
        let mut rules: Vec<(&str, &str, u64)> = Vec::new();
        for own in files.iter().filter(|file| file.module.package == package) {
            for rule in &own.module.rules {
                let is_known = rules.iter().any(|(_, name, _)| *name == rule.name);
                if !is_known && !matches!(rule.form, Form::Function(_)) {
                    rules.push((&own.path, &rule.name, rule.line));
                }
            }
        }
        // What the verdicts read is asked first.
        let verdicts = ["deny", "violation", "warn", "allow", "policy"];
        rules.sort_by_key(|(_, name, _)| verdicts.iter().any(|verdict| name.starts_with(verdict)));
        let names: Vec<&str> = rules.iter().map(|(_, name, _)| *name).collect();
        let answers = self.ask::<bool>(RULE, body, file, package, &names, names.len())?;
        let first = answers.iter().position(|has_ended| !matches!(has_ended, Ok(true)));
        let rule = first.map_or(rules.last(), |index| rules.get(index));
        Ok(rule.map_or(String::new(), |(path, name, line)| format!("{path}:{line}: `{name}`: ")))
    }
}

/// Policies that were loaded again.
enum Loaded {
    Conftest(Conftest),
    Regula(Regula),
}

/// Does the jobs that this process was started for.
pub(in crate::engine) fn serve(served: &mut Served) -> io::Result<()> {
    let told = |error: EngineError| io::Error::other(error.to_string());
    let Head {
        sent,
        file,
        package,
        rules,
    } = served.head()?;
    let sent = sent.into_owned();
    let limits = Limits {
        time: sent.time,
        range: sent.range,
        workers: Some(NonZeroUsize::MIN),
        ..Limits::default()
    };
    let loaded = match sent.foreign.dialect {
        Dialect::Regula => Loaded::Regula(Regula::new(&sent.foreign, limits, sent.now).map_err(told)?),
        _ => Loaded::Conftest(Conftest::new(&sent.foreign, &sent.namespaces, limits, sent.now).map_err(told)?),
    };
    let input = Raw::from_json_str(&served.take_text()?).map_err(|error| io::Error::other(error.to_string()))?;
    let file = (&*file.0, &*file.1);
    for job in served.jobs() {
        served.started(job)?;
        if served.kind() == RULE {
            let Some(rule) = rules.get(job) else { break };
            let has_ended = loaded.has_ended(&package, rule, &input, file);
            served.done(job, has_ended)?;
            if !has_ended {
                break;
            }
        } else {
            let outcome = match &loaded {
                Loaded::Conftest(conftest) => conftest.judge_one(job, &input, file),
                Loaded::Regula(regula) => regula.judge_one(job, &input),
            };
            served.done(job, outcome)?;
        }
    }
    Ok(())
}

impl Loaded {
    /// Whether a rule comes to an end in time, however it comes out.
    fn has_ended(&self, package: &str, rule: &str, input: &Raw, file: (&str, &str)) -> bool {
        let (engine, inputs) = match self {
            Loaded::Conftest(conftest) => (conftest.ready(input, file), vec![input]),
            Loaded::Regula(regula) => {
                let resources = member(input, "resources").map(regula::values).unwrap_or_default();
                (Ok(regula.engine()), [vec![input], resources].concat())
            }
        };
        let Ok(mut engine) = engine else { return true };
        inputs.into_iter().all(|input| {
            engine.set_input(input.clone());
            let said = super::ask(&mut engine, package, rule);
            !said.is_err_and(|message| error::is_late(&message))
        })
    }
}
