//! The plans that the arguments name: files, folders of them, standard input, and binary plan files.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::{binary, talk};
use crate::pack::nearest;
use crate::plan;

/// The most bytes that are read of one plan: as many as a packed one may unpack to.
const MOST: u64 = plan::MAX_DECOMPRESSED_BYTES;

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

/// The places that the arguments name: none is standard input, and a folder is the plans in it and below, sorted. What
/// may be a plan in it and is left out is told.
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
            let mut found = Found::default();
            found.walk(argument)?;
            found.tell_of_others(argument);
            found.plans.sort();
            match found.plans {
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

/// Whether a file of that name in a folder is taken for a plan.
pub(super) fn is_called_plan(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    ends(&PLANS) && !ends(&NO_PLANS) && !name.starts_with('.')
}

/// What is in a folder.
#[derive(Default)]
struct Found {
    plans: Vec<PathBuf>,
    /// What holds a plan, or may hold some, and is not read: binary plan files of other names, and links to folders.
    others: Vec<String>,
}

impl Found {
    fn walk(&mut self, folder: &Path) -> anyhow::Result<()> {
        let unreadable = || format!("{} cannot be read", folder.display());
        for entry in fs::read_dir(folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let path = entry.path();
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') || name == "node_modules" {
                continue;
            }
            if entry.file_type().with_context(unreadable)?.is_dir() {
                self.walk(&path)?;
            } else if path.is_dir() {
                // It may lead back here.
                self.others.push(path.display().to_string());
            } else if is_called_plan(&path) {
                self.plans.push(path);
            } else if binary::is_plan(&path) {
                self.others.push(path.display().to_string());
            }
        }
        Ok(())
    }

    fn tell_of_others(&mut self, folder: &Path) {
        self.others.sort();
        if !self.others.is_empty() {
            talk::warning(&format!(
                "{}: not judged, since a folder's plans end in {}: {}; name what is to be judged, too",
                folder.display(),
                PLANS.join(", "),
                self.others.join(", ")
            ));
        }
    }
}

/// The one place that an argument names.
///
/// # Errors
///
/// Where it is a folder.
pub(super) fn only(path: &Path) -> anyhow::Result<Place> {
    match &places(std::slice::from_ref(&path.to_owned()))?[..] {
        [place @ (Place::Stdin | Place::File(_))] if !path.is_dir() => Ok(place.clone()),
        _ => bail!("{} is a folder: name one of its plans", path.display()),
    }
}

impl Place {
    /// What the report calls it: the path as it was given, `-` for standard input.
    pub(super) fn name(&self) -> String {
        match self {
            Place::Stdin => "-".to_owned(),
            Place::File(path) | Place::EmptyFolder(path) => path.display().to_string(),
        }
    }

    /// The file that it is, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            Place::Stdin | Place::EmptyFolder(_) => None,
        }
    }

    /// The folder that it is in; `None` for standard input.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.file().and_then(folder_of)
    }

    /// Its bytes; those of a binary plan file are what `terraform show -json` makes of it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, and what to do then.
    pub(super) fn read(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match self {
            Place::Stdin => limited(io::stdin().lock(), MOST)?,
            Place::File(path) => match File::open(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(no_such_file(path)),
                opened => limited(opened?, MOST)?,
            },
            Place::EmptyFolder(_) => {
                bail!(
                    "the folder holds no plan: no file in it or below ends in {}",
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

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().map(|folder| match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    })
}

fn no_such_file(path: &Path) -> String {
    match near(path, Path::is_file) {
        near if near.is_empty() => {
            "there is no such file: write it with `terraform show -json tfplan > plan.json`".to_owned()
        }
        near => format!("there is no such file{near}"),
    }
}

/// `; did you mean ...?` with the names beside a path that are like its own, or nothing.
pub(super) fn near(path: &Path, is_meant: impl Fn(&Path) -> bool) -> String {
    let entries = folder_of(path).and_then(|folder| folder.read_dir().ok());
    let entries = entries.into_iter().flatten().flatten();
    let names: Vec<String> = entries
        .filter(|entry| is_meant(&entry.path()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    nearest::hint(&wanted, names.iter().map(String::as_str))
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
        for below in ["d.json", "prod/eu", ".terraform"] {
            fs::create_dir_all(folder.path(below)).unwrap();
        }
        folder.write("prod/eu/plan.json", b"{}");
        folder.write(".terraform/modules.json", b"{}");
        let expected =
            ["C.TFPLAN", "a.json.gz", "b.json", "prod/eu/plan.json"].map(|name| Place::File(folder.path(name)));
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
