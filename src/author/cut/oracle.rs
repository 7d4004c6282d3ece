//! What a policy says of a plan that is being cut.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use serde_json::Value as Json;

use super::{CutError, Wanted};
use crate::author::fixture;
use crate::engine::{self, Document, EngineError, Limits, Trial, Tried};
use crate::judge;
use crate::model::{self, Model, State, Value};
use crate::pack::{Library, Pack, Policy};
use crate::plan;
use crate::report::{PlanFacts, PlanReport, Row, Verdict};

/// A policy, compiled once to judge many plans.
pub(super) struct Oracle<'p> {
    policy: &'p Policy,
    libraries: &'p [Library],
    tried: Tried,
    params: Value,
    as_of: String,
    literals: BTreeSet<String>,
}

impl<'p> Oracle<'p> {
    pub(super) fn new(pack: &'p Pack, policy: &'p Policy, wanted: &Wanted) -> Result<Self, CutError> {
        let limits = Limits {
            workers: Some(NonZeroUsize::MIN),
            ..wanted.limits.clone()
        };
        let alone = fixture::alone(pack, policy);
        let params = alone
            .params(&wanted.params)
            .map_err(|error| CutError::Unusable(error.to_string()))?;
        let trial = Trial::new(policy, &pack.libraries, &limits)?;
        Ok(Oracle {
            policy,
            libraries: &pack.libraries,
            tried: trial.load(policy.text.clone().into_owned())?,
            literals: literals(pack, policy, &params),
            params,
            as_of: wanted.as_of.to_owned(),
        })
    }

    /// The texts that the policy, its libraries, facts and parameters can compare with.
    pub(super) fn literals(&self) -> &BTreeSet<String> {
        &self.literals
    }

    /// That the policy ends within its limits on a plan: what is cut out of it, it is then asked in this process.
    ///
    /// # Errors
    ///
    /// Where it does not, or there is no such plan.
    pub(super) fn ensure_ends(&self, json: &Json, limits: &Limits) -> Result<(), CutError> {
        let document = Document::new(&self.model(json).map_err(CutError::Unusable)?)?;
        engine::verdicts_apart(self.policy, self.libraries, &document, limits)?;
        Ok(())
    }

    fn model(&self, json: &Json) -> Result<Model, String> {
        let text = json.to_string();
        let plan = plan::parse(&text).map_err(|error| error.to_string())?;
        Ok(Model {
            as_of: self.as_of.clone(),
            params: self.params.clone(),
            ..model::build(&plan, State::After, None)
        })
    }

    /// What the policy says of all that it judges in a plan.
    pub(super) fn rows(&self, json: &Json) -> Result<Vec<Row>, String> {
        let model = self.model(json)?;
        let addresses = judge::subjects(self.policy, &model);
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let told = |error: EngineError| error.to_string();
        let document = Document::new(&model).map_err(told)?;
        let said = self.tried.judge(&document).map_err(told)?;
        let judged = judge::judged(self.policy, addresses, Ok(said), None);
        let rows = PlanReport::build(PlanFacts::default(), [judged]).results;
        match rows.iter().find(|row| row.verdict == Verdict::Error) {
            Some(row) => Err(row.message.as_deref().unwrap_or("the policy broke").to_owned()),
            None => Ok(rows.into_iter().filter(|row| row.address.is_some()).collect()),
        }
    }
}

/// Whether a row says what another says, word by word.
pub(super) fn is_same(row: &Row, said: &Row) -> bool {
    let of = |row: &Row| {
        let Row {
            address,
            key,
            verdict,
            message,
            attribute,
            cause,
            ..
        } = row.clone();
        (address, key, verdict, message, attribute, cause)
    };
    of(row) == of(said)
}

/// The texts in a policy and what it imports, without its comments; its facts and its parameters.
fn literals(pack: &Pack, policy: &Policy, params: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let libraries = engine::needed_by(policy, &pack.libraries);
    for (text, facts) in libraries
        .iter()
        .map(|library| (&library.text, &library.data))
        .chain([(&policy.text, &policy.data)])
    {
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            found.extend(quoted(line));
        }
        texts(facts.as_ref().unwrap_or(&Value::Null), &mut found);
    }
    texts(params, &mut found);
    found
}

/// What stands in quotes in a line of Rego.
fn quoted(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '`']) {
        let quote = rest.as_bytes()[at];
        let inner = &rest[at + 1..];
        let mut end = None;
        let mut escaped = false;
        for (index, byte) in inner.bytes().enumerate() {
            if byte == quote && !escaped {
                end = Some(index);
                break;
            }
            escaped = byte == b'\\' && !escaped && quote == b'"';
        }
        let Some(end) = end else { break };
        found.push(inner[..end].replace("\\\"", "\"").replace("\\\\", "\\"));
        rest = &inner[end + 1..];
    }
    found
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.to_string())),
        Value::Array(elements) => elements.iter().for_each(|element| texts(element, found)),
        Value::Object(members) => {
            for (name, value) in members.iter() {
                found.insert(name.to_string());
                texts(value, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_quotes_are_found() {
        assert_eq!(
            quoted(r#"x := {"a": `\d"`, "b\"c": f("")} # "#),
            ["a", "\\d\"", "b\"c", ""]
        );
        assert!(quoted("x == \"open").is_empty());
    }
}
