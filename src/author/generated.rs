//! Whether the generated files of a folder of policies are up to date.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::page;
use crate::pack::{Pack, Policy};

/// A generated file, and what it must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Where it stands.
    pub path: PathBuf,
    /// All of its text.
    pub text: String,
}

/// What stands in the place of a generated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Just that text, but for line ends.
    Current,
    /// One that was generated before.
    Stale,
    /// No file.
    Missing,
    /// What somebody wrote, or what cannot be read: it is not to be overwritten.
    Foreign,
}

impl Standing {
    /// What is wrong with the file, and the way out; `folder` is that of the policies.
    pub fn problem(self, folder: &Path) -> String {
        let mend = || format!("run `plangate docs {}`", folder.display());
        match self {
            Standing::Current => String::new(),
            Standing::Stale => format!("is out of date: {}", mend()),
            Standing::Missing => format!("is missing: {}", mend()),
            Standing::Foreign => "is not made by plangate: move it, or delete it".to_owned(),
        }
    }
}

impl Generated {
    /// What stands there now.
    pub fn standing(&self) -> Standing {
        match fs::read_to_string(&self.path) {
            Ok(text) if text.replace("\r\n", "\n") == self.text => Standing::Current,
            Ok(text) if text.starts_with(page::MADE) => Standing::Stale,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Standing::Missing,
            _ => Standing::Foreign,
        }
    }
}

/// The generated files of a folder of policies: a page for each, and the index.
pub fn generated(pack: &Pack, folder: &Path) -> Vec<Generated> {
    let pages = pack.policies.iter().map(|policy| Generated {
        path: folder_of(folder, policy).join("README.md"),
        text: page::page(policy),
    });
    let index = Generated {
        path: folder.join("README.md"),
        text: page::index(pack),
    };
    pages.chain([index]).collect()
}

/// The folder that a policy is in, below that of its pack.
pub fn folder_of(folder: &Path, policy: &Policy) -> PathBuf {
    folder.join(policy.id.replace('.', "/"))
}
