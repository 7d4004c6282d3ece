//! The configuration that a plan was made from: the folder that is named, or the one that is found.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::input;
use crate::plan::Plan;
use crate::source::{Source, is_configuration};

/// Reads the folder that the arguments name.
///
/// # Errors
///
/// Where it cannot be read, or the plan was made from another one.
pub(super) fn given(folder: &Path, plan: &Plan) -> anyhow::Result<Source> {
    if !folder.exists() {
        bail!(
            "--source {}: there is no such folder{}",
            folder.display(),
            input::near(folder, Path::is_dir)
        );
    }
    let source = Source::read(folder).with_context(|| format!("--source {} cannot be used", folder.display()))?;
    if !matches(&source, plan) {
        bail!(
            "--source {} is not what the plan was made from: the resources and modules that it declares are others",
            folder.display()
        );
    }
    Ok(source)
}

/// The configuration in the plan's folder or in the working folder, where the plan was made from it.
pub(super) fn found(folder: Option<&Path>, plan: &Plan, notes: &mut Vec<String>) -> Option<Source> {
    plan.configuration.as_ref()?;
    for found in near(folder) {
        match Source::read(&found) {
            Ok(source) if matches(&source, plan) => return Some(source),
            // Beside the plan it is meant to be the plan's: its waivers would be missed.
            Ok(_) if folder == Some(&*found) => notes.push(format!(
                "the configuration in {} is not used: it declares other resources and modules than the plan has",
                found.display()
            )),
            Ok(_) => {}
            Err(error) => notes.push(format!("the configuration in {} is not used: {error}", found.display())),
        }
    }
    None
}

/// Whether there is any configuration in the plan's folder or in the working folder.
pub(super) fn is_near(folder: Option<&Path>) -> bool {
    near(folder).next().is_some()
}

fn near(folder: Option<&Path>) -> impl Iterator<Item = PathBuf> {
    let here = Path::new(".");
    let folders = folder.filter(|folder| *folder != here).into_iter().chain([here]);
    folders
        .filter(|folder| has_configuration(folder))
        .map(Path::to_path_buf)
}

fn matches(source: &Source, plan: &Plan) -> bool {
    let Some(root) = plan
        .configuration
        .as_ref()
        .map(|configuration| &configuration.root_module)
    else {
        return false;
    };
    let calls: Vec<String> = root.module_calls.keys().map(|name| format!("module.{name}")).collect();
    let resources = root.resources.iter().map(|resource| &*resource.address);
    source.matches(resources.chain(calls.iter().map(String::as_str)))
}

fn has_configuration(folder: &Path) -> bool {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| is_configuration(&name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::Folder;
    use super::*;

    #[test]
    fn every_form_of_configuration_is_found() {
        for name in ["main.tf", "main.tf.json", "main.tofu", "main.tofu.json"] {
            let folder = Folder::new(&format!("source-{name}"));
            assert!(!has_configuration(&folder.path("")));
            folder.write(name, b"");
            assert!(has_configuration(&folder.path("")), "{name}");
        }
    }
}
