//! Where bundles that were fetched are kept, by their digest.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;

use crate::cli::output;
use crate::pack::bundle::Digest;

/// A folder of bundles, each called by its digest.
#[derive(Clone, Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The given folder; else that of PLANGATE_CACHE; else `plangate` in the user's folder for caches.
    ///
    /// # Errors
    ///
    /// Where none of them is known.
    pub(super) fn find(given: Option<&PathBuf>) -> anyhow::Result<Cache> {
        let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let of_user = || {
            variable("XDG_CACHE_HOME")
                .or_else(|| variable("LOCALAPPDATA"))
                .or_else(|| Some(variable("HOME")?.join(".cache")))
                .map(|folder| folder.join("plangate"))
        };
        let folder = given.cloned().or_else(|| variable("PLANGATE_CACHE")).or_else(of_user);
        let folder = folder.context("there is no folder for the cache: name one by --cache or PLANGATE_CACHE")?;
        Ok(Cache { folder })
    }

    fn file(&self, digest: Digest) -> PathBuf {
        self.folder.join("bundles").join(digest.to_string().replace(':', "-"))
    }

    /// The bundle of that digest; `None` where it is not there, or is not what its name says.
    pub(super) fn read(&self, digest: Digest) -> Option<Vec<u8>> {
        let bytes = fs::read(self.file(digest)).ok()?;
        (Digest::of(&bytes) == digest).then_some(bytes)
    }

    /// Keeps a bundle.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(super) fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.file(Digest::of(bytes));
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(|| format!("the cache {} cannot be made", folder.display()))?;
        }
        output::save(&file, bytes)
    }

    /// A folder for what is in the making, beside the bundles.
    pub(super) fn workplace(&self) -> PathBuf {
        self.folder.join(format!("tmp-{}", std::process::id()))
    }
}
