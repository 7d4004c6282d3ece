//! From a plan's bytes to what the policies say of it.

use super::check::Check;
use crate::plan;
use crate::report::{PlanFacts, PlanReport};

/// All that is the same for each plan of a run.
pub(super) struct Judge {
    as_of: String,
}

impl Judge {
    /// Loads the policies that the arguments select.
    ///
    /// # Errors
    ///
    /// Where a policy or a parameter is wrong, or no policy is selected.
    pub(super) fn new(check: &Check) -> anyhow::Result<Self> {
        let pack = check.selection.selected()?;
        pack.params(&check.settings.by_policy())?;
        Ok(Judge {
            as_of: check.as_of(),
        })
    }

    /// The date that it judges by.
    pub(super) fn as_of(&self) -> &str {
        &self.as_of
    }

    /// Judges one plan. An errored or incomplete one is judged as far as it goes, and not decided on.
    ///
    /// # Errors
    ///
    /// Where the bytes are no plan that can be read.
    pub(super) fn judge(&self, path: &str, bytes: Vec<u8>) -> anyhow::Result<PlanReport> {
        let decoded = plan::decode(bytes)?;
        let plan = plan::parse(&decoded.text)?;
        let facts = PlanFacts {
            path: path.to_owned(),
            terraform: plan.terraform_version.as_ref().map(ToString::to_string),
            notes: decoded.notes.iter().chain(&plan.notes).cloned().collect(),
            error: plan.ensure_finished().err().map(|error| error.to_string()),
            ..PlanFacts::default()
        };
        Ok(PlanReport::build(facts, []))
    }
}
