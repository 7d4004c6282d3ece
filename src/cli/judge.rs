//! What the commands that judge plans have in common: which policies, with which parameters, at which date.

use anyhow::Context;
use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;

use super::policies::{Selection, Settings};
use super::values;
use crate::engine::{Engine, Limits};
use crate::judge::Judge;
use crate::pack::Pack;
use crate::plan::{self, Plan};
use crate::report::PlanReport;

/// Which policies judge, and by what.
#[derive(Args, Clone, Debug)]
pub(super) struct Judging {
    /// Which policies are used.
    #[command(flatten)]
    pub(super) selection: Selection,

    /// What their parameters are set to.
    #[command(flatten)]
    pub(super) settings: Settings,

    /// The date to judge by, for deprecations and expiries [default: today]
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(values::date))]
    as_of: Option<Date>,
}

impl Judging {
    /// A judge with these policies.
    ///
    /// # Errors
    ///
    /// Where a parameter is wrong, or a policy does not compile.
    pub(super) fn judge<'p>(&self, pack: &'p Pack) -> anyhow::Result<Judge<'p>> {
        Ok(Judge {
            engine: Engine::new(pack, Limits::default())?,
            params: pack.params(&self.settings.by_policy())?,
            as_of: self.as_of.unwrap_or_else(|| jiff::Zoned::now().date()).to_string(),
            pack,
        })
    }
}

/// Reads a plan and has it judged.
///
/// # Errors
///
/// Where the bytes are no plan that can be read, or it cannot be judged.
pub(super) fn judge(judge: &Judge, path: &str, bytes: Vec<u8>) -> anyhow::Result<PlanReport> {
    with_plan(bytes, |plan, notes| {
        let mut report = judge.judge(path, plan).context("it cannot be judged")?;
        report.notes.splice(0..0, notes);
        Ok(report)
    })
}

/// Hands on the plan in some bytes, with what is worth knowing about how they were read.
///
/// # Errors
///
/// Where they are no plan that can be read.
pub(super) fn with_plan<T>(
    bytes: Vec<u8>,
    then: impl FnOnce(&Plan, Vec<String>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let decoded = plan::decode(bytes)?;
    then(&plan::parse(&decoded.text)?, decoded.notes)
}
