//! Rows for the tests of this module.

use std::sync::Arc;

use super::{Counts, PlanReport, Row, Source, Verdict, Waiver};
use crate::model::Value;
use crate::pack::Severity;

pub(super) fn row(policy: &str, address: &str, verdict: Verdict, severity: Severity) -> Row {
    Row {
        policy: policy.into(),
        address: Some(address.into()),
        key: None,
        verdict,
        severity,
        since: None,
        title: "It is at fault".into(),
        message: None,
        attribute: None,
        found: Value::Null,
        expected: Value::Null,
        cause: None,
        remediation: None,
        source: None,
        waiver: None,
        fingerprint: None,
    }
}

pub(super) fn not_applicable(policy: &str) -> Row {
    Row {
        address: None,
        ..row(policy, "", Verdict::NotApplicable, Severity::Low)
    }
}

pub(super) fn plan(path: &str, mut results: Vec<Row>) -> PlanReport {
    results.sort_by(|a, b| a.order().cmp(&b.order()));
    let judged = if results.iter().all(|row| row.verdict == Verdict::NotApplicable) {
        0
    } else {
        9
    };
    PlanReport {
        path: path.into(),
        terraform: Some("1.11.4".into()),
        counts: Counts::of(&results),
        results,
        resources: 12,
        judged,
        notes: Vec::new(),
        error: None,
    }
}

pub(super) fn waiver() -> Arc<Waiver> {
    Arc::new(Waiver {
        reason: "The office network is to come".into(),
        owner: "network@example.com".into(),
        ticket: Some("NET-12".into()),
        expires: Some("2027-01-31".into()),
        source: Source {
            file: "plangate.toml".into(),
            line: 7,
        },
    })
}
