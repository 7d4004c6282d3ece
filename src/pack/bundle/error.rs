//! Why a bundle is not used.

use super::Digest;

/// Why a bundle is refused; nothing of it has been evaluated then.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It cannot be unpacked, or has something in it that no bundle has.
    #[error("the bundle {bundle} {reason}")]
    Archive {
        /// Its source.
        bundle: String,
        /// Why, for after its name.
        reason: String,
    },
    /// Its manifest cannot be read.
    #[error("the bundle {bundle}: its .manifest {reason}")]
    Manifest {
        /// Its source.
        bundle: String,
        /// Why, for after its name.
        reason: String,
    },
    /// It is not signed where that is demanded.
    #[error("the bundle {bundle} has no signature: sign it by `plangate bundle build --signing-key` or `opa sign`")]
    Unsigned {
        /// Its source.
        bundle: String,
    },
    /// Its signature does not hold.
    #[error("the signature of the bundle {bundle} {reason}")]
    Signature {
        /// Its source.
        bundle: String,
        /// Why, for after its name.
        reason: String,
    },
    /// It is not the one that was named.
    #[error(
        "the bundle {bundle} has the digest {found}, and {wanted_by} wants {wanted}: find out who changed it; `plangate \
         bundle lock` takes the new one"
    )]
    Digest {
        /// Its source.
        bundle: String,
        /// What was found.
        found: Digest,
        /// What was wanted.
        wanted: Digest,
        /// Where that is written.
        wanted_by: String,
    },
}

impl BundleError {
    pub(super) fn archive(bundle: &str, reason: String) -> Self {
        BundleError::Archive {
            bundle: bundle.to_owned(),
            reason,
        }
    }

    pub(super) fn manifest(bundle: &str, reason: String) -> Self {
        BundleError::Manifest {
            bundle: bundle.to_owned(),
            reason,
        }
    }
}
