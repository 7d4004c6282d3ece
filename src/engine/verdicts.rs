//! What a policy says, held to the shape of a finding.

use std::collections::BTreeSet;
use std::sync::Arc;

use regorus::Value as Raw;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::model::Value;

/// What a policy says of a plan.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Verdicts {
    /// The addresses that it examined, where it says so itself.
    pub examined: Option<BTreeSet<Arc<str>>>,
    /// What fails.
    pub deny: Vec<Finding>,
    /// What the plan cannot tell.
    pub unknown: Vec<Finding>,
}

/// One thing that a policy says of one address; findings are sorted as the engine sorts sets.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Finding {
    /// The address that it is about.
    pub address: Arc<str>,
    /// Which of several at that address.
    pub key: Option<Arc<str>>,
    /// What was found and why that is a fault.
    pub message: Arc<str>,
    /// The argument at fault.
    pub attribute: Option<Arc<str>>,
    /// What should be there; null where the policy does not say.
    pub expected: Value,
    /// What is there; null where the policy does not say.
    pub found: Value,
    /// Why the plan cannot tell.
    pub cause: Option<Arc<str>>,
    /// What to do, instead of the policy's remediation.
    pub fix: Option<Arc<str>>,
}

const MEMBERS: [&str; 8] = [
    "address",
    "key",
    "message",
    "attribute",
    "expected",
    "found",
    "cause",
    "fix",
];

/// A rule's name and what is wrong with what it says.
pub(super) type Fault = (&'static str, String);

/// Reads `{"deny": {...}, "unknown": {...}, "examined": {...}}`, each where the policy has it.
pub(super) fn read(raw: &Raw) -> Result<Verdicts, Fault> {
    Ok(Verdicts {
        examined: elements(raw, "examined")?
            .map(|set| set.into_iter().map(examined).collect())
            .transpose()?,
        deny: findings(raw, "deny")?,
        unknown: findings(raw, "unknown")?,
    })
}

fn elements<'a>(raw: &'a Raw, rule: &'static str) -> Result<Option<Vec<&'a Raw>>, Fault> {
    match member(raw, rule) {
        None => Ok(None),
        Some(Raw::Set(set)) => Ok(Some(set.iter().collect())),
        Some(_) => Err((rule, format!("is no set: write `{rule} contains ... if {{...}}`"))),
    }
}

fn examined(element: &Raw) -> Result<Arc<str>, Fault> {
    match element {
        Raw::String(address) => Ok(address.clone()),
        _ => Err(("examined", "must be a set of addresses, which are strings".to_owned())),
    }
}

fn findings(raw: &Raw, rule: &'static str) -> Result<Vec<Finding>, Fault> {
    let elements = elements(raw, rule)?.unwrap_or_default();
    elements
        .into_iter()
        .map(|element| finding(element).map_err(|message| (rule, message)))
        .collect()
}

fn finding(raw: &Raw) -> Result<Finding, String> {
    let Raw::Object(members) = raw else {
        return Err("holds something that is no finding: make findings with `tf.finding`".to_owned());
    };
    for (name, _) in members.iter() {
        if !matches!(name, Raw::String(name) if MEMBERS.contains(&&**name)) {
            return Err(format!(
                "holds a finding with the unknown member {name}: they are {}",
                MEMBERS.join(", ")
            ));
        }
    }
    let required = |name| {
        text(raw, name)?
            .filter(|text| !text.is_empty())
            .ok_or_else(|| format!("holds a finding without `{name}`: make findings with `tf.finding`"))
    };
    let value = |name| member(raw, name).map_or(Ok(Value::Null), plain);
    Ok(Finding {
        address: required("address")?,
        key: text(raw, "key")?,
        message: required("message")?,
        attribute: text(raw, "attribute")?,
        expected: value("expected")?,
        found: value("found")?,
        cause: text(raw, "cause")?,
        fix: text(raw, "fix")?,
    })
}

fn text(raw: &Raw, name: &str) -> Result<Option<Arc<str>>, String> {
    match member(raw, name) {
        None | Some(Raw::Null) => Ok(None),
        Some(Raw::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!(
            "holds a finding whose `{name}` is no string: use `sprintf(\"%v\", [...])`"
        )),
    }
}

pub(super) fn member<'a>(raw: &'a Raw, name: &str) -> Option<&'a Raw> {
    let Raw::Object(members) = raw else {
        return None;
    };
    members.get(&Raw::from(name))
}

/// The engine's value as one of ours; sets are lists.
fn plain(raw: &Raw) -> Result<Value, String> {
    Ok(match raw {
        Raw::Null => Value::Null,
        Raw::Bool(flag) => Value::Bool(*flag),
        Raw::String(text) => Value::String(text.clone()),
        Raw::Array(elements) => Value::Array(elements.iter().map(plain).collect::<Result<_, _>>()?),
        Raw::Set(elements) => Value::Array(elements.iter().map(plain).collect::<Result<_, _>>()?),
        Raw::Object(members) => {
            let members = members.iter().map(|(name, value)| match name {
                Raw::String(name) => Ok((name.clone(), plain(value)?)),
                _ => Err("holds a finding with an object whose names are no strings".to_owned()),
            });
            Value::Object(members.collect::<Result<_, _>>()?)
        }
        Raw::Number(number) => {
            let float = || number.as_f64().and_then(Number::from_f64);
            let number = number
                .as_u64()
                .map(Number::from)
                .or_else(|| number.as_i64().map(Number::from));
            number
                .or_else(float)
                .map(Value::Number)
                .ok_or("holds a finding with a number past 64 bits")?
        }
        Raw::Undefined => return Err("holds a finding with something undefined".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(deny: &str) -> Result<Verdicts, Fault> {
        let query = format!("{{\"deny\": {deny}}}");
        let raw = regorus::Engine::new().eval_query(query, false).unwrap();
        read(&raw.result[0].expressions[0].value)
    }

    #[test]
    fn a_finding_has_all_its_members() {
        let verdicts = said(
            r#"{{"address": "a.b", "message": "m", "key": "k", "attribute": "x",
            "expected": {1, 2}, "found": {"n": -1.5}, "cause": "c", "fix": null}}"#,
        );
        let finding = verdicts.unwrap().deny.remove(0);
        assert_eq!((&*finding.address, finding.key.as_deref()), ("a.b", Some("k")));
        assert_eq!(
            finding.expected,
            Value::Array(vec![Value::Number(1.into()), Value::Number(2.into())])
        );
        assert_eq!(serde_json::to_string(&finding.found).unwrap(), r#"{"n":-1.5}"#);
        assert_eq!(finding.cause.as_deref(), Some("c"));
        assert_eq!(finding.fix, None);
    }

    #[test]
    fn what_is_no_finding_is_a_fault_of_the_rule() {
        for (deny, message) in [
            (r#"["x"]"#, "is no set"),
            (r#"{"x"}"#, "no finding"),
            (r#"{{"address": "a"}}"#, "without `message`"),
            (r#"{{"message": "a"}}"#, "without `address`"),
            (r#"{{"address": "", "message": "a"}}"#, "without `address`"),
            (
                r#"{{"address": "a", "message": "m", "msg": 1}}"#,
                "unknown member \"msg\"",
            ),
            (r#"{{"address": "a", "message": "m", "key": 1}}"#, "`key` is no string"),
        ] {
            let (rule, said) = said(deny).unwrap_err();
            assert_eq!(rule, "deny");
            assert!(said.contains(message), "{deny}: {said}");
        }
    }
}
