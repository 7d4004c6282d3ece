//! The rules of a file that stands beside policies, evaluated in processes of their own: tests and queries.

use std::io;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::{Sent, ended, loaded, refused, unsent};
use crate::apart::{self, Apart, Served, Why, Work};
use crate::engine::{EngineError, Limits, compile, error, imports, query};
use crate::model::Value;
use crate::pack::{Library, Policy, Source};

/// Jobs that evaluate one rule each.
pub(super) const EVALUATE: &str = "evaluate";

/// A file of Rego, with what it may refer to.
pub(in crate::engine) struct Surroundings<'a> {
    pub(in crate::engine) libraries: &'a [Library],
    pub(in crate::engine) policies: &'a [&'a Policy],
    pub(in crate::engine) file: &'a Source,
    /// What it reads as `input`, as JSON; empty where it brings its own.
    pub(in crate::engine) input: &'a [u8],
    /// Where its rules stand, with a colon and a blank after it; empty where that stands beside what is said of them.
    pub(in crate::engine) place: &'a str,
}

/// What came of a rule.
#[derive(Deserialize, Serialize)]
pub(in crate::engine) struct Evaluated {
    /// None where it is undefined.
    pub(in crate::engine) value: Option<Value>,
    pub(in crate::engine) printed: Vec<String>,
    pub(in crate::engine) took: Duration,
}

#[derive(Deserialize, Serialize)]
struct Head {
    time: Duration,
    range: u32,
    libraries: Vec<Sent>,
    policies: Vec<Sent>,
    file: Sent,
    rules: Vec<String>,
}

#[derive(Deserialize, Serialize)]
enum Answer {
    Said(Evaluated),
    Broken(String),
    Late,
}

/// What comes of these rules, by their whole names and in their order. What is said of one that breaks does not name it.
///
/// # Errors
///
/// Where it cannot be sent.
pub(in crate::engine) fn evaluate(
    surroundings: &Surroundings,
    rules: &[String],
    limits: &Limits,
    apart: &Apart,
) -> Result<Vec<Result<Evaluated, EngineError>>, EngineError> {
    let file = surroundings.file;
    let texts = surroundings
        .policies
        .iter()
        .map(|policy| &*policy.text)
        .chain([&*file.text]);
    let libraries = imports::needed(surroundings.libraries, texts);
    let head = Head {
        time: limits.time,
        range: limits.range,
        libraries: libraries.into_iter().map(Sent::from).collect(),
        policies: surroundings.policies.iter().map(|policy| Sent::from(*policy)).collect(),
        file: Sent::from(file),
        rules: rules.to_vec(),
    };
    let work = Work {
        kind: EVALUATE,
        head: serde_json::to_string(&head).map_err(unsent)?,
        body: &|_, out| out.write_all(surroundings.input),
        shares: apart::shares(rules.len(), limits.workers(), surroundings.input.len()),
        time: compile::patience(limits),
        only_to_first_end: false,
    };
    let answers = apart::run::<Answer>(&work, apart);
    let outcome = |(rule, answer): (&String, _)| {
        let why = match answer {
            Ok(Answer::Said(evaluated)) => return Ok(evaluated),
            Ok(Answer::Broken(message)) => {
                return Err(EngineError::Broken {
                    policy: rule.as_str().into(),
                    message,
                });
            }
            Ok(Answer::Late) => Why::Time,
            Err(why) => why,
        };
        Err(ended(
            why,
            rule.as_str().into(),
            surroundings.place.to_owned(),
            limits,
            apart,
        ))
    };
    Ok(rules.iter().zip(answers).map(outcome).collect())
}

/// Does the jobs that this process was started for.
pub(super) fn serve(served: &mut Served) -> io::Result<()> {
    let head: Head = served.head()?;
    let mut engine = loaded(head.libraries, head.time, head.range)?.engine;
    for policy in &head.policies {
        policy.add_facts(&mut engine)?;
        compile::add(&mut engine, &policy.source()).map_err(|rejection| refused(&rejection))?;
    }
    compile::add(&mut engine, &head.file.source()).map_err(|rejection| refused(&rejection))?;
    compile::prepare(&mut engine).map_err(io::Error::other)?;
    let body = served.take_text()?;
    if !body.is_empty() {
        engine
            .set_input_json(&body)
            .map_err(|error| io::Error::other(error.to_string()))?;
    }
    drop(body);
    for job in served.jobs() {
        let Some(rule) = head.rules.get(job) else { break };
        let mut engine = engine.clone();
        served.started(job)?;
        let begin = Instant::now();
        let answer = match engine.eval_rule(rule.clone()) {
            Ok(value) => Answer::Said(Evaluated {
                took: begin.elapsed(),
                value: match value {
                    regorus::Value::Undefined => None,
                    value => Some(query::value(&value).map_err(|error| io::Error::other(error.to_string()))?),
                },
                printed: engine.take_prints().unwrap_or_default(),
            }),
            Err(error) if error::is_late(&error) => Answer::Late,
            Err(error) => Answer::Broken(error::without_values(&error)),
        };
        drop(engine);
        served.done(job, answer)?;
    }
    Ok(())
}
