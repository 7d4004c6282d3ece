//! The bundles that the arguments name: found without the network, and checked before anything of them is used.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::cache::Cache;
use crate::cli::config::{self, Config};
use crate::cli::talk;
use crate::pack::Pack;
use crate::pack::bundle::{Bundle, BundleError, Digest, Limits, Lock, Place, Reference, VerificationKey};

/// The name of the lock file.
const LOCK: &str = "plangate.lock";

/// Bundles of policies, and what is demanded of them.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Policies")]
pub(in crate::cli) struct Sources {
    /// Add the policies in a bundle: a file, https://, oci:// or git+https://; can be given several times
    ///
    /// What is not a file is taken from the cache, never from the network: `plangate bundle lock` and `plangate bundle fetch`
    /// put it there. A source is pinned by the lock file, or by #sha256:... at its end.
    #[arg(long = "bundle", value_name = "SOURCE")]
    pub(in crate::cli) bundles: Vec<Reference>,

    #[command(flatten)]
    pub(super) trust: Trust,
}

/// By what a bundle is trusted.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Bundles")]
pub(super) struct Trust {
    /// The lock file [default: plangate.lock here or in a folder above, up to the repository's root]
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,

    /// The folder that fetched bundles are kept in [default: PLANGATE_CACHE, else the user's folder for caches]
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,

    /// Demand that bundles are signed by this key: a public key as PEM, or a file with a secret
    #[arg(long, value_name = "FILE")]
    verification_key: Option<PathBuf>,

    /// The scope that their signatures must have
    #[arg(long, value_name = "SCOPE", requires = "verification_key")]
    signature_scope: Option<String>,
}

impl Sources {
    /// Adds the bundles of the configuration file, and takes the key from it where none is given.
    pub(in crate::cli) fn configure(&mut self, config: &Config) {
        if let Some(bundles) = &config.file.bundles {
            let bundles = bundles.value.iter().map(|reference| match &reference.place {
                Place::File(path) => {
                    let path = config.path(path).to_string_lossy().into_owned();
                    Reference {
                        source: path.clone(),
                        place: Place::File(path),
                        digest: reference.digest,
                    }
                }
                _ => reference.clone(),
            });
            let bundles: Vec<Reference> = bundles.collect();
            self.bundles.splice(0..0, bundles);
        }
        if let (None, Some(key)) = (&self.trust.verification_key, &config.file.verification_key) {
            self.trust.verification_key = Some(config.path(&key.value));
        }
    }

    /// The key that bundles must be signed by.
    pub(in crate::cli) fn verification_key(&self) -> Option<&Path> {
        self.trust.verification_key.as_deref()
    }

    /// The policies of the bundles.
    ///
    /// # Errors
    ///
    /// Where one is not locked, not in the cache, or anything is wrong with it.
    pub(in crate::cli) fn packs(&self) -> anyhow::Result<Vec<Pack>> {
        if self.bundles.is_empty() {
            return Ok(Vec::new());
        }
        let trust = self.trust.ready()?;
        let packs = self
            .bundles
            .iter()
            .map(|reference| Ok(trust.bundle(reference)?.pack()?));
        packs.collect()
    }
}

/// [`Trust`] with all that it names read.
pub(super) struct Trusted {
    pub(super) lock: Lock,
    pub(super) lock_file: PathBuf,
    pub(super) cache: Cache,
    key: Option<VerificationKey>,
}

impl Trust {
    /// Reads the lock file and the key.
    ///
    /// # Errors
    ///
    /// Where one of them is wrong, or one that was named is not there.
    pub(super) fn ready(&self) -> anyhow::Result<Trusted> {
        self.read(self.lock.is_some())
    }

    /// As [`Trust::ready`], where the lock file is to be made if it is not there.
    ///
    /// # Errors
    ///
    /// As [`Trust::ready`].
    pub(super) fn ready_to_lock(&self) -> anyhow::Result<Trusted> {
        self.read(false)
    }

    fn read(&self, must_be_there: bool) -> anyhow::Result<Trusted> {
        let lock_file = match &self.lock {
            Some(file) => file.clone(),
            None => config::found(LOCK).unwrap_or_else(|| PathBuf::from(LOCK)),
        };
        let lock = match fs::read_to_string(&lock_file) {
            Ok(text) => Lock::read(&text).map_err(|reason| anyhow::anyhow!("{}: {reason}", lock_file.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_be_there => Lock::default(),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", lock_file.display())),
        };
        let key = self.verification_key.as_deref().map(|file| {
            let text = fs::read(file).with_context(|| format!("the key {} cannot be read", file.display()))?;
            VerificationKey::read(&text, self.signature_scope.clone())
                .map_err(|reason| anyhow::anyhow!("the key {} {reason}", file.display()))
        });
        Ok(Trusted {
            lock,
            lock_file,
            cache: Cache::find(self.cache.as_ref())?,
            key: key.transpose()?,
        })
    }
}

impl Trusted {
    /// Whether a bundle must be signed.
    pub(super) fn demands_signature(&self) -> bool {
        self.key.is_some()
    }

    /// The digest that a source must have, and where that is written.
    ///
    /// # Errors
    ///
    /// Where it is pinned to one digest and locked at another.
    pub(super) fn wanted(&self, reference: &Reference) -> anyhow::Result<Option<(Digest, String)>> {
        let locked = self.lock.of(&reference.source).map(|locked| locked.digest);
        let lock_file = self.lock_file.display();
        match (reference.digest, locked) {
            (Some(pinned), Some(locked)) if pinned != locked => {
                bail!("the bundle {reference} is pinned to {pinned}, and {lock_file} has {locked}: change one of them")
            }
            (Some(pinned), _) => Ok(Some((pinned, "its source".to_owned()))),
            (None, Some(locked)) => Ok(Some((locked, lock_file.to_string()))),
            (None, None) => Ok(None),
        }
    }

    /// A bundle, from its file or from the cache, with its digest and signature checked.
    ///
    /// # Errors
    ///
    /// Where it is not there, not locked, or anything is wrong with it.
    pub(super) fn bundle(&self, reference: &Reference) -> anyhow::Result<Bundle> {
        let wanted = self.wanted(reference)?;
        let bytes = match (&reference.place, &wanted) {
            (Place::File(path), _) => read_file(Path::new(path))?,
            (_, None) => bail!(
                "the bundle {reference} is not locked: run `plangate bundle lock '{reference}'`, or pin it by #sha256:... at its end"
            ),
            (_, Some((digest, _))) => self.cache.read(*digest).with_context(|| {
                format!("the bundle {reference} ({digest}) is not in the cache: run `plangate bundle fetch '{reference}#{digest}'` where there is a network")
            })?,
        };
        self.checked(reference, &bytes, wanted)
    }

    /// Unpacks a bundle, and checks its digest and signature.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with it.
    pub(super) fn checked(
        &self,
        reference: &Reference,
        bytes: &[u8],
        wanted: Option<(Digest, String)>,
    ) -> anyhow::Result<Bundle> {
        let found = Digest::of(bytes);
        if let Some((wanted, wanted_by)) = wanted.filter(|(wanted, _)| *wanted != found) {
            return Err(BundleError::Digest {
                bundle: reference.source.clone(),
                found,
                wanted,
                wanted_by,
            }
            .into());
        }
        let bundle = Bundle::read(&reference.source, bytes, &Limits::default())?;
        match &self.key {
            Some(key) => bundle.verify(key)?,
            None if bundle.is_signed() => talk::note(&format!(
                "the bundle {reference} is signed, and nothing was checked: give --verification-key"
            )),
            None => {}
        }
        Ok(bundle)
    }
}

/// Reads a file, but no more of it than a bundle may be long.
///
/// # Errors
///
/// Where it cannot be read.
pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    let most = Limits::default().packed;
    let read = || {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>(bytes)
    };
    read().with_context(|| format!("the bundle {} cannot be read", path.display()))
}
