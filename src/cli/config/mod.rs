//! `plangate.toml`: what a project's gate is set to, found upwards from the working folder, and `plangate config`.

mod command;
mod file;
mod reader;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::waiver::Waiver;
pub(super) use command::{Configure, run};
pub(super) use file::{At, File, OfPolicy};

/// The name of the file.
pub(super) const NAME: &str = "plangate.toml";
/// The name of the file beside it that has waivers only.
pub(super) const WAIVERS: &str = "plangate.waivers.toml";
/// The JSON Schema (draft 2020-12) of [`NAME`].
pub(super) const SCHEMA: &str = include_str!("config.schema.json");

/// Which configuration is used.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Configuration")]
pub(super) struct Which {
    /// The configuration file [default: plangate.toml here or in a folder above, up to the repository's root]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Use no configuration file
    #[arg(long, global = true)]
    no_config: bool,
}

/// The configuration of this run; without a file it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// What it says.
    pub(super) file: File,
    /// The file, as messages show it.
    pub(super) path: Option<PathBuf>,
}

impl Config {
    /// Reads the file that is named, or the one that is found, and the waivers beside it.
    ///
    /// # Errors
    ///
    /// Where a file that is named is not there, and everything that is wrong with one.
    pub(super) fn load(which: &Which) -> anyhow::Result<Config> {
        if which.no_config {
            return Ok(Config::default());
        }
        let path = match &which.config {
            Some(path) => {
                ensure!(
                    !path.is_dir(),
                    "--config {} is a folder: name the file in it",
                    path.display()
                );
                Some(path.clone())
            }
            None => found(NAME),
        };
        let mut config = Config::default();
        if let Some(path) = path {
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let read = File::read(&path.display().to_string(), &text);
            config.file = read.map_err(|problems| anyhow::anyhow!("{}", problems.join("\n")))?;
            config.path = Some(path);
        }
        let beside = match &config.path {
            Some(path) => Some(path.with_file_name(WAIVERS)),
            None => found(WAIVERS),
        };
        if let Some(path) = beside.filter(|path| fs::symlink_metadata(path).is_ok()) {
            config.file.waivers.extend(waivers(&path)?);
        }
        Ok(config)
    }

    /// A plan that the file says, `plan.json` or `name=plan.json`, from the working folder.
    pub(super) fn plan(&self, said: &str) -> PathBuf {
        match said.split_once('=') {
            Some((name, path)) if !self.path(said).exists() => {
                PathBuf::from(format!("{name}={}", self.path(path).display()))
            }
            _ => self.path(said),
        }
    }

    /// A path that the file says, from the working folder.
    pub(super) fn path(&self, said: &str) -> PathBuf {
        let folder = self.path.as_deref().and_then(Path::parent);
        folder.map_or_else(|| PathBuf::from(said), |folder| folder.join(said))
    }
}

/// The waivers of a file that has nothing else.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(super) fn waivers(path: &Path) -> anyhow::Result<Vec<Waiver>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    match File::read_waivers(&path.display().to_string(), &text) {
        Ok(waivers) => Ok(waivers),
        Err(problems) => bail!("{}", problems.join("\n")),
    }
}

/// The file of that name here or above, within the repository.
pub(in crate::cli) fn found(name: &str) -> Option<PathBuf> {
    // Nearly always it is here or nowhere, and then no path has to be worked out.
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_there(Path::new(name)) {
        return Some(PathBuf::from(name));
    }
    let here = std::env::current_dir().ok()?;
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if is_there(&folder.join(name)) {
            return Some(up.join(name));
        }
        if folder.join(".git").exists() {
            return None;
        }
        up.push("..");
    }
    None
}

#[cfg(test)]
mod tests;
