//! The plans that the arguments name: files, folders of them, standard input, and binary plan files.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::binary;

/// The most bytes that are read of one plan.
const MOST: u64 = 2 << 30;

/// What a folder's plans are called, and what has such a name but is none.
const PLANS: [&str; 3] = [".json", ".json.gz", ".tfplan"];
const NO_PLANS: [&str; 4] = [".tf.json", ".tofu.json", ".tfvars.json", ".tftest.json"];

/// Where a plan is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Standard input.
    Stdin,
    /// A file; that it is there shows when it is read.
    File(PathBuf),
    /// A folder without a plan, which is reported in the place of one.
    EmptyFolder(PathBuf),
}

/// The places that the arguments name: none is standard input, and a folder is the plans in it, sorted.
///
/// # Errors
///
/// Where standard input is named twice, or is a terminal.
pub(super) fn places(arguments: &[PathBuf]) -> anyhow::Result<Vec<Place>> {
    let mut places = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            ensure!(!places.contains(&Place::Stdin), "standard input can be read only once");
            places.push(Place::Stdin);
        } else if argument.is_dir() {
            match plans_in(argument)? {
                plans if plans.is_empty() => places.push(Place::EmptyFolder(argument.clone())),
                plans => places.extend(plans.into_iter().map(Place::File)),
            }
        } else {
            places.push(Place::File(argument.clone()));
        }
    }
    if arguments.is_empty() {
        places.push(Place::Stdin);
    }
    if places.contains(&Place::Stdin) && io::stdin().is_terminal() {
        bail!(
            "no plan was given: name a file, or pipe one in, as in\n  \
             terraform plan -out tfplan && terraform show -json tfplan | plangate check"
        );
    }
    Ok(places)
}

fn plans_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = || format!("{} cannot be read", folder.display());
    let mut plans = Vec::new();
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let is_called = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        if is_called(&PLANS) && !is_called(&NO_PLANS) && !name.starts_with('.') && !path.is_dir() {
            plans.push(path);
        }
    }
    plans.sort();
    Ok(plans)
}

impl Place {
    /// What the report calls it: the path as it was given, `-` for standard input.
    pub(super) fn name(&self) -> String {
        match self {
            Place::Stdin => "-".to_owned(),
            Place::File(path) | Place::EmptyFolder(path) => path.display().to_string(),
        }
    }

    /// The folder that it is in; `None` for standard input.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Place::File(path) => path.parent().map(|folder| {
                if folder.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    folder
                }
            }),
            Place::Stdin | Place::EmptyFolder(_) => None,
        }
    }

    /// Its bytes; those of a binary plan file are what `terraform show -json` makes of it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, and what to do then.
    pub(super) fn read(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match self {
            Place::Stdin => limited(io::stdin().lock(), MOST)?,
            Place::File(path) => limited(File::open(path)?, MOST)?,
            Place::EmptyFolder(_) => {
                bail!(
                    "the folder holds no plan: none of its files ends in {}",
                    PLANS.join(", ")
                )
            }
        };
        match self {
            Place::File(path) if binary::is_binary(&bytes) => binary::show(path),
            _ => Ok(bytes),
        }
    }
}

fn limited(reader: impl Read, most: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    ensure!(
        bytes.len() as u64 <= most,
        "it is larger than {most} bytes, which is more than is read"
    );
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Folder;
    use super::*;

    #[test]
    fn folder_is_its_plans_sorted() {
        let folder = Folder::new("input");
        for name in [
            "b.json",
            "a.json.gz",
            "C.TFPLAN",
            "main.tf",
            "main.tf.json",
            "x.tfvars.json",
            ".x.json",
        ] {
            folder.write(name, b"{}");
        }
        fs::create_dir(folder.path("d.json")).unwrap();
        let expected = ["C.TFPLAN", "a.json.gz", "b.json"].map(|name| Place::File(folder.path(name)));
        assert_eq!(places(&[folder.path("")]).unwrap(), expected);
    }

    #[test]
    fn folder_without_a_plan_is_reported_when_it_is_read() {
        let folder = Folder::new("input-empty");
        let places = places(&[folder.path(""), folder.path("other.json")]).unwrap();
        assert_eq!(places.len(), 2, "the plan beside it is not lost");
        let error = places[0].read().unwrap_err().to_string();
        assert!(error.contains("holds no plan") && error.contains(".json.gz"), "{error}");
        assert!(places[1].read().is_err());
    }

    #[test]
    fn standard_input_is_read_once() {
        let twice = places(&["-".into(), "-".into()]);
        assert!(twice.is_err());
    }

    #[test]
    fn more_than_the_most_is_refused() {
        assert_eq!(limited(&b"abc"[..], 3).unwrap(), b"abc");
        assert!(limited(&b"abcd"[..], 3).is_err());
    }
}
