//! Which policies are used, as the arguments of several commands say it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::values::{self, Setting};
use crate::model::Map;
use crate::pack::{Filter, Pack};

/// Where policies come from, and which of them are used.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Policies")]
pub(super) struct Selection {
    /// Add the policies in a folder; can be given several times
    #[arg(long = "policy", value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,

    /// Use only these policies: ids or what they begin with, such as aws.s3
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) only: Vec<String>,

    /// Use only policies that serve a control, such as cis_aws:2.1.4, or a standard, such as cis_aws
    #[arg(long = "control", value_name = "CONTROL", value_delimiter = ',')]
    pub(super) controls: Vec<String>,

    /// Leave these policies out; wins over --only and --control
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) skip: Vec<String>,
}

impl Selection {
    /// Whether it names any policies to use.
    pub(super) fn names_some(&self) -> bool {
        !(self.folders.is_empty() && self.only.is_empty() && self.controls.is_empty())
    }

    /// The policies that are part of this binary and those of the folders, all of them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with a folder.
    pub(super) fn all(&self) -> anyhow::Result<Pack> {
        let mut pack = Pack::embedded()?;
        for folder in &self.folders {
            pack = pack.merge(Pack::from_dir(folder)?)?;
        }
        Ok(pack)
    }

    /// Those of them that are selected.
    ///
    /// # Errors
    ///
    /// As [`Selection::all`], and where a name or control selects nothing or no policy is left.
    pub(super) fn selected(&self) -> anyhow::Result<Pack> {
        let filter = Filter {
            only: &self.only,
            controls: &self.controls,
            skip: &self.skip,
        };
        Ok(self.all()?.select(filter)?)
    }
}

/// The policies in a folder, with the libraries of this binary where the folder brings none of that name.
///
/// # Errors
///
/// Everything that is wrong with the folder.
pub(super) fn of_folder(folder: &Path) -> anyhow::Result<Pack> {
    let mut pack = Pack::from_dir(folder)?;
    let own = Pack::embedded()?.libraries;
    let missing = own
        .into_iter()
        .filter(|own| pack.libraries.iter().all(|library| library.package != own.package));
    let missing: Vec<_> = missing.collect();
    pack.libraries.extend(missing);
    Ok(pack)
}

/// What policies' parameters are set to.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Policies")]
pub(super) struct Settings {
    /// Set a parameter of a policy, as in aws.s3.encryption.require_kms=true; JSON, else a string
    #[arg(long = "param", value_name = "POLICY.NAME=VALUE", value_parser = values::setting)]
    pub(super) settings: Vec<Setting>,
}

impl Settings {
    /// The values by policy and name; of several for the same one the last counts.
    pub(super) fn by_policy(&self) -> BTreeMap<String, Map> {
        let mut by_policy: BTreeMap<String, Map> = BTreeMap::new();
        for Setting { policy, name, value } in &self.settings {
            let values = by_policy.entry(policy.clone()).or_default();
            values.insert(name.as_str().into(), value.clone());
        }
        by_policy
    }
}
