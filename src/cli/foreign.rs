//! Policies that were written for another tool, as the arguments name them.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::talk;
use crate::engine::Limits;
use crate::engine::foreign::{Conftest, Namespaces};
use crate::pack::{Dialect, Foreign};

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
}

impl Others {
    /// Whether there are any.
    pub(super) fn are_given(&self) -> bool {
        !self.conftest.is_empty()
    }

    /// Conftest's policies, loaded, with the date as their time; what may not be as it was meant in them is told.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the folders, or with what is in them.
    pub(super) fn conftest(&self, date: Date) -> anyhow::Result<Option<Conftest>> {
        if self.conftest.is_empty() {
            return Ok(None);
        }
        let foreign = Foreign::read(Dialect::Conftest, &self.conftest, &self.data)?;
        let namespaces = match (self.all_namespaces, self.namespace.as_slice()) {
            (true, _) => Namespaces::All,
            (false, []) => Namespaces::default(),
            (false, named) => Namespaces::Named(named.to_vec()),
        };
        let midnight = date.to_zoned(TimeZone::UTC)?.timestamp();
        let now = i64::try_from(midnight.as_nanosecond())?;
        let conftest = Conftest::new(&foreign, &namespaces, Limits::default(), now)?;
        for warning in conftest.warnings() {
            talk::warning(&warning);
        }
        Ok(Some(conftest))
    }

    /// The folders and files that are read.
    pub(super) fn places(&self) -> impl Iterator<Item = &Path> {
        self.conftest.iter().chain(&self.data).map(PathBuf::as_path)
    }
}
