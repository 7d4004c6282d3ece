//! Rows for the tests of this module.

use std::sync::Arc;

use super::{Counts, PlanReport, Row, Source, Verdict, Waiver};
use crate::pack::Severity;

pub(crate) fn row(policy: &str, address: &str, verdict: Verdict, severity: Severity) -> Row {
    Row {
        address: Some(address.into()),
        ..Row::new(policy.into(), "It is at fault".into(), verdict, severity)
    }
}

pub(crate) fn not_applicable(policy: &str) -> Row {
    Row {
        address: None,
        ..row(policy, "", Verdict::NotApplicable, Severity::Low)
    }
}

pub(crate) fn plan(path: &str, mut results: Vec<Row>) -> PlanReport {
    results.sort_by(|a, b| a.order().cmp(&b.order()));
    let judged = if results.iter().all(|row| row.verdict == Verdict::NotApplicable) {
        0
    } else {
        9
    };
    PlanReport {
        name: path.into(),
        path: path.into(),
        folder: None,
        terraform: Some("1.11.4".into()),
        counts: Counts::of(&results),
        results,
        resources: 12,
        judged,
        notes: Vec::new(),
        error: None,
        waivers: Vec::new(),
    }
}

pub(crate) fn waiver() -> Arc<Waiver> {
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
