//! Policies that were written for another tool, as the arguments name them.

use std::cell::LazyCell;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::talk;
use crate::engine::Limits;
use crate::engine::foreign::{Conftest, Namespaces, Regula};
use crate::foreign;
pub(super) use crate::foreign::Foreigner;
use crate::judge;
use crate::model::Model;
use crate::pack::{Dialect, Foreign};
use crate::report::PlanReport;

/// Which policies of other tools judge.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Policies of other tools")]
pub(super) struct Others {
    /// Judge by Conftest's policies in a folder, as they are; plangate's own judge besides only where --policy, --only or
    /// --control names some
    #[arg(long, value_name = "DIR")]
    pub(super) conftest: Vec<PathBuf>,

    /// Ask these packages of Conftest's policies; * stands for any text [default: main]
    #[arg(
        long,
        value_name = "PACKAGE",
        value_delimiter = ',',
        requires = "conftest",
        conflicts_with = "all_namespaces"
    )]
    pub(super) namespace: Vec<String>,

    /// Ask all packages of Conftest's policies
    #[arg(long, requires = "conftest")]
    pub(super) all_namespaces: bool,

    /// Give Conftest's policies a file or folder of JSON and YAML as `data`
    #[arg(long, value_name = "PATH", requires = "conftest")]
    pub(super) data: Vec<PathBuf>,

    /// Give Conftest's policies all plans in one document
    #[arg(long, requires = "conftest")]
    pub(super) combine: bool,

    /// Judge by Regula's rules in a folder, as they are, as with --conftest
    #[arg(long, value_name = "DIR")]
    pub(super) regula: Vec<PathBuf>,

    /// Judge by Trivy's custom checks in a folder that read the plan's JSON, in packages under user, as with --conftest
    #[arg(long, value_name = "DIR")]
    pub(super) trivy: Vec<PathBuf>,
}

impl Others {
    /// Whether there are any.
    pub(super) fn are_given(&self) -> bool {
        !(self.conftest.is_empty() && self.regula.is_empty() && self.trivy.is_empty())
    }

    /// Those policies, loaded, with the date as their time and what they may take; what may not be as it was meant in them is told.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the folders, or with what is in them.
    pub(super) fn load(&self, date: Date, limits: &Limits) -> anyhow::Result<Ready> {
        let mut ready = Ready::default();
        let midnight = date.to_zoned(TimeZone::UTC)?.timestamp();
        let now = i64::try_from(midnight.as_nanosecond())?;
        if !self.conftest.is_empty() {
            let foreign = Foreign::read(Dialect::Conftest, &self.conftest, &self.data)?;
            let namespaces = match (self.all_namespaces, self.namespace.as_slice()) {
                (true, _) => Namespaces::All,
                (false, []) => Namespaces::default(),
                (false, named) => Namespaces::Named(named.to_vec()),
            };
            let conftest = Conftest::new(&foreign, &namespaces, limits.clone(), now)?;
            ready.add(&foreign, conftest.warnings());
            ready.conftest = Some(conftest);
            ready.combine = self.combine;
        }
        if !self.regula.is_empty() {
            let foreign = Foreign::read(Dialect::Regula, &self.regula, &[])?;
            let regula = Regula::new(&foreign, limits.clone(), now)?;
            ready.add(&foreign, regula.warnings());
            ready.regula = Some(regula);
        }
        if !self.trivy.is_empty() {
            let foreign = Foreign::read(Dialect::Trivy, &self.trivy, &[])?;
            let namespaces = Namespaces::Named(vec!["user".to_owned(), "user.*".to_owned()]);
            let trivy = Conftest::new(&foreign, &namespaces, limits.clone(), now)?;
            ready.add(&foreign, trivy.warnings());
            ready.trivy = Some(trivy);
        }
        Ok(ready)
    }
}

/// The policies of other tools, ready to judge.
#[derive(Default)]
pub(super) struct Ready {
    /// The files that they were read from.
    pub(super) files: Vec<PathBuf>,
    conftest: Option<Conftest>,
    regula: Option<Regula>,
    trivy: Option<Conftest>,
    /// Whether Conftest's policies are to judge all plans as one.
    combine: bool,
}

impl Ready {
    fn add(&mut self, foreign: &Foreign, warnings: Vec<String>) {
        let paths = foreign.files.iter().map(|file| PathBuf::from(&file.path));
        self.files.extend(paths);
        warnings.iter().for_each(|warning| talk::warning(warning));
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.conftest.is_none() && self.regula.is_none() && self.trivy.is_none()
    }

    /// Adds to the report of a plan what they say of it; `model` makes the model of it, where that is needed, and
    /// `is_placed` says whether that tells where resources stand. What comes back is to be judged as one with that of the
    /// other plans.
    ///
    /// # Errors
    ///
    /// Where the plan cannot be handed to them.
    pub(super) fn judge(
        &self,
        report: &mut PlanReport,
        text: &str,
        model: impl FnOnce() -> Model,
        is_placed: bool,
    ) -> anyhow::Result<Option<Foreigner>> {
        if self.are_none() {
            return Ok(None);
        }
        let plan = Foreigner::new(&report.path, text);
        let model = LazyCell::new(model);
        if let Some(regula) = &self.regula {
            foreign::judge_regula(regula, &plan, &model, report)?;
        }
        if let Some(trivy) = &self.trivy {
            foreign::judge(trivy, &plan, report)?;
        }
        match &self.conftest {
            Some(_) if self.combine => return Ok(Some(plan)),
            Some(conftest) => foreign::judge(conftest, &plan, report)?,
            None => {}
        }
        if is_placed && report.lacks_places() {
            report.add_places(&judge::places(&model));
        }
        Ok(None)
    }

    /// Judges what is to be judged as one; a plan of which nothing else was said has no report of its own.
    ///
    /// # Errors
    ///
    /// Where the plans cannot be handed to them.
    pub(super) fn judge_combined(&self, reports: &mut Vec<PlanReport>, plans: Vec<Foreigner>) -> anyhow::Result<()> {
        if let Some(conftest) = self.conftest.as_ref().filter(|_| self.combine) {
            reports.retain(|report| report.error.is_some() || !report.results.is_empty());
            if !plans.is_empty() {
                reports.push(foreign::judge_combined(conftest, &plans)?);
            }
        }
        Ok(())
    }
}
