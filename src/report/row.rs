//! One verdict, and how verdicts are counted.

use std::ops::AddAssign;
use std::sync::Arc;

use serde::Serialize;

use crate::model::Value;
use crate::pack::{Enforcement, Severity};

/// What one policy says of one address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The policy's id, `aws.s3.https_only`.
    pub policy: Arc<str>,
    /// What was judged: a resource, or `plan`, `var.x`, `output.x`, `provider.x`, `module.x`; null where the
    /// row is about the policy itself (nothing to examine, or it broke).
    pub address: Option<Arc<str>>,
    /// Tells several findings of one policy at one address apart: with both, it is the finding's identity.
    pub key: Option<Arc<str>>,
    /// The verdict.
    pub verdict: Verdict,
    /// The policy's severity.
    pub severity: Severity,
    /// What a failure of the policy does to the gate.
    pub enforcement: Enforcement,
    /// Whether the plan brings the failure, has it already, or mends it; null where no prior state was judged.
    pub since: Option<Since>,
    /// The policy's title, which states the fault.
    pub title: Arc<str>,
    /// What was found and why that is a fault.
    pub message: Option<Arc<str>>,
    /// The argument that is at fault, `ingress[0].cidr_blocks`.
    pub attribute: Option<Arc<str>>,
    /// What the plan has there; null where the policy does not say.
    pub found: Value,
    /// What should be there; null where the policy does not say.
    pub expected: Value,
    /// Why the plan cannot tell, where it cannot.
    pub cause: Option<Arc<str>>,
    /// What to do about it, in the imperative.
    pub remediation: Option<Arc<str>>,
    /// Where the configuration says so, where it was given.
    pub source: Option<Source>,
    /// What excuses it, where the verdict is `waived`.
    pub waiver: Option<Arc<Waiver>>,
    /// What was found, in short: [`super::fingerprint`]; a waiver that holds it ends when the value changes. Null
    /// where nothing was found.
    pub fingerprint: Option<Arc<str>>,
}

/// Why a finding does not gate, and who answers for that.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Waiver {
    /// Why.
    pub reason: Arc<str>,
    /// Who answers for it.
    pub owner: Arc<str>,
    /// Where it is followed up.
    pub ticket: Option<Arc<str>>,
    /// The last day on which it holds, `2027-01-31`; null where it has no end.
    pub expires: Option<Arc<str>>,
    /// Where it is written.
    pub source: Source,
}

impl Row {
    /// A row that says no more than its verdict.
    pub(crate) fn new(policy: Arc<str>, title: Arc<str>, verdict: Verdict, severity: Severity) -> Self {
        Row {
            policy,
            address: None,
            key: None,
            verdict,
            severity,
            enforcement: Enforcement::default(),
            since: None,
            title,
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

    /// Whether something is, or may be, at fault: a failure, an unknown, or one that is waived.
    pub(super) fn is_finding(&self) -> bool {
        matches!(self.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Waived)
    }

    /// What rows are sorted by: the finding's identity first, so that the same plan gives the same order.
    pub(crate) fn order(&self) -> impl Ord + '_ {
        (&self.policy, &self.address, &self.key, self.verdict, &self.message)
    }
}

/// A place in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    /// The file, relative to the folder of configuration.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
}

/// What a policy says of an address, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The policy broke: nothing is decided.
    Error,
    /// It is at fault.
    Fail,
    /// The plan cannot tell until apply.
    Unknown,
    /// It is at fault or unknown, and a waiver excuses it: it does not gate.
    Waived,
    /// It was examined, and nothing is wrong.
    Pass,
    /// The plan has nothing that the policy examines.
    NotApplicable,
}

impl Verdict {
    /// How it is written, here as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Error => "error",
            Verdict::Fail => "fail",
            Verdict::Unknown => "unknown",
            Verdict::Waived => "waived",
            Verdict::Pass => "pass",
            Verdict::NotApplicable => "not_applicable",
        }
    }
}

/// Since when a resource has been at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// This plan brings it.
    Introduced,
    /// It is so already.
    Existing,
    /// This plan mends it.
    Fixed,
}

impl Since {
    /// How it is written, here as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Since::Introduced => "introduced",
            Since::Existing => "existing",
            Since::Fixed => "fixed",
        }
    }
}

/// Rows by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each is the verdict of that name")]
pub struct Counts {
    pub fail: usize,
    pub unknown: usize,
    pub waived: usize,
    pub pass: usize,
    pub not_applicable: usize,
    pub error: usize,
}

impl Counts {
    /// Counts the rows.
    pub fn of(rows: &[Row]) -> Self {
        let mut counts = Counts::default();
        for row in rows {
            *match row.verdict {
                Verdict::Error => &mut counts.error,
                Verdict::Fail => &mut counts.fail,
                Verdict::Unknown => &mut counts.unknown,
                Verdict::Waived => &mut counts.waived,
                Verdict::Pass => &mut counts.pass,
                Verdict::NotApplicable => &mut counts.not_applicable,
            } += 1;
        }
        counts
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.fail += other.fail;
        self.unknown += other.unknown;
        self.waived += other.waived;
        self.pass += other.pass;
        self.not_applicable += other.not_applicable;
        self.error += other.error;
    }
}
