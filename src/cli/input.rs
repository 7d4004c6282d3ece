//! Reading a plan: from a file, from standard input, and from a binary plan file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use super::binary;
use super::plans::PLANS;
use crate::model::Needs;
use crate::pack::nearest;
use crate::plan::{self, Sifted};

/// The most bytes that are read of one plan: as many as a packed one may unpack to.
const MOST: u64 = plan::MAX_DECOMPRESSED_BYTES;

/// From so many bytes on, a plan is read without what it repeats.
const LARGE: u64 = 1 << 20;

/// Where a plan is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Standard input.
    Stdin,
    /// A file; that it is there shows when it is read.
    File(PathBuf),
    /// A folder without a plan, which is reported in the place of one.
    EmptyFolder(PathBuf),
    /// A pattern that matches nothing, which is reported in the place of a plan.
    NoMatch(PathBuf),
}

impl Place {
    /// The path as it was given; `None` for standard input.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Place::Stdin => None,
            Place::File(path) | Place::EmptyFolder(path) | Place::NoMatch(path) => Some(path),
        }
    }

    /// The file that it is, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            _ => None,
        }
    }

    /// The folder that it is in; `None` for standard input.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.file().and_then(folder_of)
    }

    /// A large file's plan without what it repeats, and with no more of its values than these needs, which go with it;
    /// none where it is to be read whole, as whatever cannot be read so is.
    pub(super) fn sifted(&self, needs: impl FnOnce() -> Needs) -> Option<(Sifted, Needs)> {
        let path = self.file()?;
        // A pipe can be opened only once.
        let metadata = path.metadata().ok()?;
        let is_large = metadata.is_file() && (LARGE..MOST).contains(&metadata.len());
        let size = usize::try_from(metadata.len()).ok().filter(|_| is_large)?;
        let needs = needs();
        let kept = needs.kept();
        let sifted = Sifted::read(File::open(path).ok()?, size, kept.as_ref().map(|kept| kept as _))?;
        drop(kept);
        Some((sifted, needs))
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
            Place::NoMatch(_) => bail!("no file matches the pattern"),
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

/// A path from the working folder, where it leads below that, else as it was given.
pub(super) fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let below = here.ok().zip(path.canonicalize().ok()).and_then(|(here, path)| {
        let below = path.strip_prefix(&here).ok()?;
        Some(below.display().to_string())
    });
    match below {
        Some(below) if below.is_empty() => ".".to_owned(),
        Some(below) => below,
        None => path.display().to_string(),
    }
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
    use super::*;

    #[test]
    fn more_than_the_most_is_refused() {
        assert_eq!(limited(&b"abc"[..], 3).unwrap(), b"abc");
        assert!(limited(&b"abcd"[..], 3).is_err());
    }
}
