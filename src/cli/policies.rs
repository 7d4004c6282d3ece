//! Which policies are used, as the arguments of several commands say it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::bundle::Sources;
use super::config::{At, Config, OfPolicy};
use super::values::{self, Setting};
use crate::model::Map;
use crate::pack::{Filter, Pack, Said};

/// Where policies come from, and which of them are used.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Policies")]
pub(super) struct Selection {
    /// Add the policies in a folder; can be given several times
    #[arg(long = "policy", value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,

    /// Add the policies in bundles.
    #[command(flatten)]
    pub(super) sources: Sources,

    /// Use only these policies: ids or what they begin with, such as aws.s3
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) only: Vec<String>,

    /// Use only policies that serve a control, such as cis_aws:2.1.4, or a standard, such as cis_aws
    #[arg(long = "control", value_name = "CONTROL", value_delimiter = ',')]
    pub(super) controls: Vec<String>,

    /// Leave these policies out; wins over --only and --control
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) skip: Vec<String>,

    /// What the configuration file sets of single policies, and where that stands.
    #[arg(skip)]
    configured: Configured,
}

/// What the configuration file sets of single policies.
#[derive(Clone, Debug, Default)]
struct Configured {
    file: String,
    policies: BTreeMap<String, At<OfPolicy>>,
    /// Where the names to use, to leave out, and the controls are said, where the file says them.
    only: Option<String>,
    controls: Option<String>,
    skip: Option<String>,
}

impl Selection {
    /// Whether it names any policies to use.
    pub(super) fn names_some(&self) -> bool {
        !(self.folders.is_empty()
            && self.sources.bundles.is_empty()
            && self.configured.policies.is_empty()
            && self.only.is_empty()
            && self.controls.is_empty()
            && self.skip.is_empty())
    }

    /// The policies that are part of this binary and those of the folders and bundles, all of them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with a folder or a bundle.
    pub(super) fn all(&self) -> anyhow::Result<Pack> {
        let mut pack = Pack::embedded()?;
        for folder in &self.folders {
            pack = pack.merge(Pack::from_dir(folder)?)?;
        }
        for bundle in self.sources.packs()? {
            pack = pack.merge(bundle)?;
        }
        Ok(pack)
    }

    /// Takes from the configuration file what the arguments do not say; folders and bundles are added.
    pub(super) fn configure(&mut self, config: &Config) {
        let file = &config.file;
        if let Some(folders) = &file.folders {
            let folders: Vec<PathBuf> = folders.value.iter().map(|folder| config.path(folder)).collect();
            self.folders.splice(0..0, folders);
        }
        self.sources.configure(config);
        let path = config.path.as_deref().map(|path| path.display().to_string());
        let path = path.unwrap_or_default();
        let take = |argument: &mut Vec<String>, said: &Option<At<Vec<String>>>, key: &str| {
            let At { value, line } = said.as_ref().filter(|_| argument.is_empty())?;
            argument.clone_from(value);
            Some(format!("{path}:{line}: policies.{key}"))
        };
        self.configured = Configured {
            only: take(&mut self.only, &file.only, "only"),
            controls: take(&mut self.controls, &file.controls, "controls"),
            skip: take(&mut self.skip, &file.skip, "skip"),
            policies: file.policies.clone(),
            file: path,
        };
    }

    /// Whether some policies are left out.
    pub(super) fn is_narrowed(&self) -> bool {
        !(self.only.is_empty() && self.controls.is_empty() && self.skip.is_empty())
    }

    /// The parameters that the configuration file sets of these policies.
    pub(super) fn params(&self, pack: &Pack) -> BTreeMap<String, Map> {
        let policies = self.configured.policies.iter();
        policies
            .filter(|(id, at)| !at.value.params.is_empty() && pack.policy(id).is_some())
            .map(|(id, at)| (id.clone(), at.value.values()))
            .collect()
    }

    /// Gives the policies the severity and enforcement that the configuration file sets.
    ///
    /// # Errors
    ///
    /// Where it names a policy that is not there, or a parameter that it does not have.
    fn set(&self, pack: &mut Pack) -> anyhow::Result<()> {
        let mut problems = Vec::new();
        for (id, At { value, line }) in &self.configured.policies {
            let mut problem = |line: usize, message: String| {
                problems.push(format!("{}:{line}: {message}", self.configured.file));
            };
            let hint = pack.hint(id);
            let Some(policy) = pack.policies.iter_mut().find(|policy| *policy.id == **id) else {
                problem(*line, format!("there is no policy `{id}`{hint}"));
                continue;
            };
            if let Some(severity) = &value.severity {
                policy.severity = severity.value;
            }
            if let Some(enforcement) = &value.enforcement {
                policy.enforcement = enforcement.value;
            }
            for (name, at) in &value.params {
                match policy.params.get(&**name) {
                    None => problem(at.line, policy.lacks(name)),
                    Some(param) if param.kind.admits(&at.value) => {}
                    Some(param) => problem(
                        at.line,
                        format!("parameter `{name}` of `{id}` must be of type {}", param.kind),
                    ),
                }
            }
        }
        anyhow::ensure!(problems.is_empty(), "{}", problems.join("\n"));
        Ok(())
    }

    /// Those of them that are selected.
    ///
    /// # Errors
    ///
    /// As [`Selection::all`], and where a name or control selects nothing or no policy is left.
    pub(super) fn selected(&self) -> anyhow::Result<Pack> {
        let (configured, options) = (&self.configured, Said::default());
        let filter = Filter {
            only: &self.only,
            controls: &self.controls,
            skip: &self.skip,
            said: Said {
                only: configured.only.as_deref().unwrap_or(options.only),
                controls: configured.controls.as_deref().unwrap_or(options.controls),
                skip: configured.skip.as_deref().unwrap_or(options.skip),
            },
        };
        let mut pack = self.all()?;
        self.set(&mut pack)?;
        Ok(pack.select(filter)?)
    }
}

/// The policies in a folder, with the libraries of this binary where the folder brings none of that name.
///
/// # Errors
///
/// Everything that is wrong with the folder.
pub(super) fn of_folder(folder: &Path) -> anyhow::Result<Pack> {
    with_libraries(Pack::from_dir(folder)?)
}

/// A pack with the libraries of this binary where it brings none of that name.
///
/// # Errors
///
/// Where this binary's own cannot be read, which its tests keep from happening.
pub(super) fn with_libraries(mut pack: Pack) -> anyhow::Result<Pack> {
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
