//! Cuts a plan to the smallest that a policy judges the same, and makes what is left of it anonymous: a fixture.

mod anonymous;
mod names;
mod oracle;
mod secrets;
mod shape;
mod shrink;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::engine::{EngineError, Limits};
use crate::model::Map;
use crate::pack::{Pack, Policy};
use crate::report::{Row, Verdict};

use anonymous::Anonymous;
use oracle::Oracle;

/// What is to be shown by the plan that is left.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The address that is judged.
    pub address: &'a str,
    /// Which finding, where the policy has several there; the worst where it is not given.
    pub key: Option<&'a str>,
    /// What the policy's parameters are set to.
    pub params: BTreeMap<String, Map>,
    /// The date to judge by.
    pub as_of: &'a str,
    /// Whether texts on which the verdict hangs are left as they are, even where they are the plan's own.
    pub keep: bool,
    /// What the policy may take.
    pub limits: Limits,
}

/// A plan that was cut.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The plan, as JSON.
    pub plan: String,
    /// What the policy says.
    pub verdict: Verdict,
    /// The address that it says it of, as it is called now.
    pub address: String,
    /// How many changes of resources there were.
    pub resources_before: usize,
    /// How many there are.
    pub resources: usize,
}

/// Why a plan is not cut.
#[derive(Debug, thiserror::Error)]
pub enum CutError {
    /// The policy does not judge.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// It is no plan, or what the policy says cannot be told.
    #[error("{0}")]
    Unusable(String),
    /// The policy says nothing of the address.
    #[error("`{policy}` says nothing of {address}: it judges {judged}")]
    NotJudged {
        /// The policy.
        policy: String,
        /// The address.
        address: String,
        /// What it judges, or that it judges nothing.
        judged: String,
    },
    /// A text that is the plan's own, and that the policy's verdict hangs on.
    #[error(
        "the verdict hangs on {0}, which is neither the policy's nor Terraform's: --keep leaves it as it is, or write \
         the fixture by hand"
    )]
    Telling(String),
}

/// Cuts a plan, which is JSON, for a policy of a pack.
///
/// # Errors
///
/// As [`CutError`] has them.
pub fn cut(pack: &Pack, policy: &Policy, plan: &str, wanted: &Wanted) -> Result<Cut, CutError> {
    let mut json: Json = serde_json::from_str(plan).map_err(|error| CutError::Unusable(error.to_string()))?;
    let oracle = Oracle::new(pack, policy, wanted)?;
    let resources_before = changes(&json);
    oracle.ensure_ends(&json, &wanted.limits)?;
    let first = oracle.rows(&json).map_err(CutError::Unusable)?;
    let said = find(&first, wanted).ok_or_else(|| not_judged(policy, wanted, &first))?;
    secrets::mask(&mut json);
    let is_same = |json: &Json| {
        let rows = oracle.rows(json).unwrap_or_default();
        rows.iter().any(|row| oracle::is_same(row, &said))
    };
    if !is_same(&json) {
        return Err(CutError::Telling("the value of a secret".to_owned()));
    }
    let json = shrink::shrink(narrowed(json, wanted.address, &is_same), &is_same);
    let rows = oracle.rows(&json).map_err(CutError::Unusable)?;
    let anonymous = Anonymous::new(&json, &rows, &said, oracle.literals());
    let (json, address) = anonymous.apply(&json, &oracle, wanted.keep)?;
    let plan = serde_json::to_string_pretty(&json).map_err(|error| CutError::Unusable(error.to_string()))? + "\n";
    Ok(Cut {
        plan,
        verdict: said.verdict,
        address,
        resources_before,
        resources: changes(&json),
    })
}

/// The plan with the change of the resource alone, or with those of its module, where either will do: what is left to be
/// cut is small then.
fn narrowed(json: Json, address: &str, is_same: &dyn Fn(&Json) -> bool) -> Json {
    let module = |change: &Json| {
        change
            .get("module_address")
            .and_then(Json::as_str)
            .map(ToOwned::to_owned)
    };
    let is_at = |change: &Json| change.get("address").and_then(Json::as_str) == Some(address);
    let all = json.get("resource_changes").and_then(Json::as_array);
    let own = all
        .and_then(|changes| changes.iter().find(|change| is_at(change)))
        .map(module);
    let narrow = |stays: &dyn Fn(&Json) -> bool| {
        let mut json = json.clone();
        json.get_mut("resource_changes")
            .and_then(Json::as_array_mut)?
            .retain(|change| stays(change));
        is_same(&json).then_some(json)
    };
    narrow(&is_at)
        .or_else(|| narrow(&|change| Some(module(change)) == own))
        .unwrap_or(json)
}

fn changes(json: &Json) -> usize {
    let changes = json.get("resource_changes").and_then(Json::as_array);
    changes.map_or(0, Vec::len)
}

/// The worst row at the address, or that of the key.
fn find(rows: &[Row], wanted: &Wanted) -> Option<Row> {
    let at = rows.iter().filter(|row| row.address.as_deref() == Some(wanted.address));
    let at = at.filter(|row| wanted.key.is_none() || row.key.as_deref() == wanted.key);
    at.min_by_key(|row| row.verdict).cloned()
}

fn not_judged(policy: &Policy, wanted: &Wanted, rows: &[Row]) -> CutError {
    let mut addresses: Vec<&str> = rows.iter().filter_map(|row| row.address.as_deref()).collect();
    addresses.dedup();
    let judged = match (addresses.len(), wanted.key) {
        (0, _) => "nothing in this plan".to_owned(),
        (_, Some(key)) if addresses.contains(&wanted.address) => format!("it, but with no finding of the key {key}"),
        (1..=5, _) => addresses.join(", "),
        (number, _) => format!("{} and {} more", addresses[..5].join(", "), number - 5),
    };
    CutError::NotJudged {
        policy: policy.id.to_string(),
        address: wanted.address.to_owned(),
        judged,
    }
}
