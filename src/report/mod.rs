//! What the gate found: rows, verdicts and counts, and one file per output format.
//!
//! The report is a pure function of its inputs: no clock, no environment, no chance. Each format is a
//! module with `render(&Report, &Options) -> Vec<u8>`; `json` is the whole report, the others are views of it.

mod build;
pub mod csv;
mod finding;
mod fingerprint;
mod formats;
mod gate;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
mod place;
pub mod proof;
mod row;
pub mod sarif;
#[cfg(feature = "cli")]
pub mod table;
pub mod text;
mod words;
mod xml;

#[cfg(test)]
pub(crate) mod testing;
mod timings;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::pack::Pack;
use crate::waiver::Notice;

pub use build::{Identity, Judged, PlanFacts, identity};
pub use fingerprint::fingerprint;
pub use formats::{FORMATS, Format};
pub use gate::{Exit, Gate, OnNothing, OnUnknown};
pub use row::{Counts, Row, Since, Source, Verdict, Waiver};
pub use timings::{PolicyTime, StageTime, Timings};

/// The version of the JSON format, and of [`json::SCHEMA`], which describes it.
pub const SCHEMA_VERSION: u32 = 1;

/// All that one run of the gate has to say.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this format: [`SCHEMA_VERSION`].
    pub schema: u32,
    /// The version of plangate that wrote it.
    pub plangate: &'static str,
    /// The date that the plans were judged for, `2026-11-22`.
    pub as_of: String,
    /// One report per plan, in the order in which they were given.
    pub plans: Vec<PlanReport>,
    /// The rows of all plans, by verdict.
    pub counts: Counts,
    /// What is worth knowing of the waivers of all plans.
    pub waivers: Vec<Notice>,
    /// The soft policies that were overridden for this run.
    pub overrides: Vec<Override>,
    /// What the gate says.
    pub exit: Exit,
    /// Where the time went, where that was asked for: without it, reports on the same plans are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<Timings>,
}

/// A soft policy that does not shut the gate in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Override {
    /// The policy.
    pub policy: Arc<str>,
    /// Why, in the words of who said so.
    pub reason: String,
}

impl Report {
    /// Adds up the plans and lets the gate decide.
    pub fn new(as_of: impl Into<String>, plans: Vec<PlanReport>, gate: &Gate) -> Self {
        let mut counts = Counts::default();
        for plan in &plans {
            counts += plan.counts;
        }
        let exit = gate.decide(&plans);
        Report {
            schema: SCHEMA_VERSION,
            plangate: env!("CARGO_PKG_VERSION"),
            as_of: as_of.into(),
            plans,
            counts,
            waivers: Vec::new(),
            overrides: Vec::new(),
            exit,
            timings: None,
        }
    }
}

/// What the gate found in one plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanReport {
    /// What it is called: the path, where it was given no name.
    pub name: String,
    /// Where it was read from; `-` is standard input.
    pub path: String,
    /// The folder of the configuration that it was made from, as a path from the working folder, where that was at hand.
    pub folder: Option<String>,
    /// The version of Terraform or OpenTofu that made the plan, where it was read.
    pub terraform: Option<String>,
    /// One row per verdict, sorted by policy, address and key.
    pub results: Vec<Row>,
    /// The rows, by verdict.
    pub counts: Counts,
    /// How many managed resources exist after apply.
    pub resources: usize,
    /// How many of these at least one policy examined.
    pub judged: usize,
    /// What is worth knowing about how the plan was read.
    pub notes: Vec<String>,
    /// Why the plan cannot be decided on, where it cannot.
    pub error: Option<String>,
    /// What is worth knowing of the waivers in the comments of its configuration.
    pub waivers: Vec<Notice>,
}

impl PlanReport {
    /// The report of a plan that could not be read.
    pub fn unreadable(path: impl Into<String>, error: impl Into<String>) -> Self {
        let path = path.into();
        PlanReport {
            name: path.clone(),
            path,
            folder: None,
            terraform: None,
            results: Vec::new(),
            counts: Counts::default(),
            resources: 0,
            judged: 0,
            notes: Vec::new(),
            error: Some(error.into()),
            waivers: Vec::new(),
        }
    }

    /// How many policies were run on it.
    pub fn policies(&self) -> usize {
        self.results.chunk_by(|a, b| a.policy == b.policy).count()
    }
}

/// How a format is to be rendered; nothing in here changes what was found.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// Whether passing rows are shown one by one.
    pub all: bool,
    /// Whether to colour.
    pub colour: bool,
    /// The width of the terminal, or `None` on a pipe: then it is one line per finding.
    pub width: Option<usize>,
    /// The policies, for formats that say why one matters and what to write.
    pub pack: Option<&'a Pack>,
    /// The gate that decided, so that a format can say what it decided by.
    pub gate: Gate,
    /// The policy whose example `plangate explain` shows; a terminal points to it.
    pub example_of: Option<Arc<str>>,
    /// The time that the run took, for people; never part of a format for machines.
    pub elapsed: Option<Duration>,
}
