//! Getting a bundle from where it is; the only place that uses the network, and only `plangate bundle lock` and `fetch` do.

mod git;
#[cfg(feature = "remote")]
mod http;
#[cfg(feature = "remote")]
mod oci;

use super::cache::Cache;
use crate::pack::bundle::{Limits, Place, Reference};

/// What was fetched; nothing of it has been checked.
pub(super) struct Fetched {
    pub(super) bytes: Vec<u8>,
    /// What the source calls this state of it, where it calls it something.
    pub(super) revision: Option<String>,
}

/// Gets a bundle, at the given revision where there is one.
///
/// # Errors
///
/// Where it is not to be had, or is longer than a bundle may be.
pub(super) fn fetch(reference: &Reference, revision: Option<&str>, cache: &Cache) -> anyhow::Result<Fetched> {
    match &reference.place {
        Place::File(path) => Ok(Fetched {
            bytes: super::sources::read_file(path.as_ref())?,
            revision: None,
        }),
        Place::Git {
            repository,
            folder,
            revision: named,
        } => git::fetch(repository, folder, named, revision, &cache.workplace()),
        #[cfg(feature = "remote")]
        Place::Https(address) => http::fetch(address),
        #[cfg(feature = "remote")]
        Place::Oci(artifact) => oci::fetch(artifact, revision),
        #[cfg(not(feature = "remote"))]
        Place::Https(_) | Place::Oci(_) => {
            anyhow::bail!(
                "this plangate was built without the feature `remote`: fetch {reference} by another, or by hand"
            )
        }
    }
}

/// The most bytes that are taken of a source.
fn most() -> usize {
    usize::try_from(Limits::default().packed).unwrap_or(usize::MAX)
}

/// Runs what waits for the network, on this thread.
#[cfg(feature = "remote")]
fn wait<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    // Another library of this process may have set it; either serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(work)
}
