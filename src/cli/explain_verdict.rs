//! `plangate explain POLICY ADDRESS --plan PLAN`: why a policy says what it says of an address.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{bail, ensure};
use serde_json::json;

use super::explain::{Explain, Format};
use super::judge::Read;
use super::plans::{self, Named};
use super::{output, talk};
use crate::engine::Document;
use crate::explain::{Case, render};
use crate::judge::Judge;
use crate::model::{Model, State};
use crate::pack::{Pack, Policy, nearest};
use crate::report::{Exit, Row, Verdict};

/// What is to be explained.
enum Question<'p> {
    One(&'p Policy, String),
    Policy(&'p Policy),
    Address(String),
}

/// Runs it.
///
/// # Errors
///
/// Where the plan cannot be read, or a policy or an address is not there.
pub(super) fn run(explain: &Explain, plan: &Path) -> anyhow::Result<Exit> {
    let pack = explain.judging.selection.selected()?;
    let judge = explain.judging.judge(&pack)?;
    let Named { name, place } = plans::one(plan)?;
    let shown = explain.judging.read(&place, |read| {
        for note in &read.notes {
            talk::note(&format!("{name}: {note}"));
        }
        let model = judge.document(&read.plan, State::After, read.source.as_ref());
        match question(explain, &pack, &model)? {
            Question::One(policy, address) => one(explain, &pack, read, &model, policy, &address),
            Question::Policy(policy) => lines(explain, &judge, read, |row| row.policy == policy.id),
            Question::Address(address) => lines(explain, &judge, read, |row| row.address.as_deref() == Some(&*address)),
        }
    });
    output::print(shown.map_err(|error| error.context(name.clone()))?.as_bytes())?;
    Ok(Exit::Passed)
}

fn question<'p>(explain: &Explain, pack: &'p Pack, model: &Model) -> anyhow::Result<Question<'p>> {
    let addresses = addresses(model);
    let ensure_there = |address: &str| {
        let hint = nearest::hint(address, addresses.iter().copied());
        ensure!(
            addresses.contains(address),
            "the plan has no `{address}`{hint}; `plangate explain {} --plan ...` names those that the policy judges",
            explain.subject
        );
        Ok(())
    };
    match (&explain.address, pack.policy(&explain.subject)) {
        (Some(address), policy) => {
            let Some(policy) = policy else {
                bail!(super::explain::no_policy(pack, &explain.subject));
            };
            ensure_there(address)?;
            Ok(Question::One(policy, address.clone()))
        }
        (None, Some(policy)) => Ok(Question::Policy(policy)),
        (None, None) if addresses.contains(&*explain.subject) => Ok(Question::Address(explain.subject.clone())),
        (None, None) => {
            let named = addresses
                .iter()
                .copied()
                .chain(pack.policies.iter().map(|policy| &*policy.id));
            bail!(
                "`{}` is no policy and no address of the plan{}",
                explain.subject,
                nearest::hint(&explain.subject, named)
            )
        }
    }
}

/// Everything of a plan that a policy can judge.
pub(super) fn addresses(model: &Model) -> BTreeSet<&str> {
    let subjects = ["*", "removed", "var", "output", "provider", "module", "plan"];
    let data = model.data.values().flatten().map(|resource| &resource.address);
    let addresses = subjects.iter().flat_map(|subject| model.addresses(subject)).chain(data);
    addresses.map(|address| &**address).collect()
}

fn one(
    explain: &Explain,
    pack: &Pack,
    read: &Read,
    model: &Model,
    policy: &Policy,
    address: &str,
) -> anyhow::Result<String> {
    let document = Document::new(model)?;
    let case = Case {
        policy,
        libraries: &pack.libraries,
        model,
        document: &document,
        source: read.source.as_ref(),
        limits: explain.judging.limits.limits()?,
    };
    let explanation = case.explain(address, explain.key.as_deref())?;
    if let Some(key) = &explain.key {
        ensure!(
            !explanation.findings.is_empty(),
            "`{}` says nothing of the key `{key}` of {address}: leave --key out to see all that it says",
            policy.id
        );
    }
    Ok(match explain.format {
        Format::Text => render(&explanation),
        Format::Json => serde_json::to_string_pretty(&explanation)? + "\n",
    })
}

/// The verdicts of one policy or on one address, a line each.
fn lines(explain: &Explain, judge: &Judge, read: &Read, is_meant: impl Fn(&Row) -> bool) -> anyhow::Result<String> {
    let report = judge.judge("", &read.plan, read.source.as_ref())?;
    let rows: Vec<&Row> = report
        .results
        .iter()
        .filter(|row| is_meant(row) && (row.verdict != Verdict::NotApplicable || row.address.is_some()))
        .filter(|row| explain.key.is_none() || explain.key.as_deref() == row.key.as_deref())
        .collect();
    if explain.format == Format::Json {
        return Ok(serde_json::to_string_pretty(&json!({"results": rows}))? + "\n");
    }
    if rows.is_empty() {
        return Ok(format!("{}: nothing in this plan is examined\n", explain.subject));
    }
    let mut shown = String::new();
    for row in rows {
        let address = row.address.as_deref().unwrap_or_default();
        let subject = if *address == explain.subject {
            &*row.policy
        } else {
            address
        };
        let key = row.key.as_ref().map_or(String::new(), |key| format!(" [{key}]"));
        let message = row
            .message
            .as_ref()
            .map_or(String::new(), |message| format!("  {message}"));
        shown.push_str(&format!("{:<7}  {subject}{key}{message}\n", row.verdict.name()));
    }
    Ok(shown)
}
