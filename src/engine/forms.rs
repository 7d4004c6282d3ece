//! What the rules of the embedded libraries make, as the build has read it.

use super::syntax::Form;

/// By package, sorted.
type Packages = &'static [(&'static str, &'static [(&'static str, Form)])];

const PACKAGES: Packages = include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// The rules of an embedded library's package.
pub(super) fn of_package(package: &str) -> Option<&'static [(&'static str, Form)]> {
    let at = PACKAGES.binary_search_by_key(&package, |(name, _)| name).ok()?;
    Some(PACKAGES[at].1)
}
