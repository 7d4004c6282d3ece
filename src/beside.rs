//! Files for tests that are no part of the project: they lie in a folder beside it, or where PLANGATE_SHARED says.

use std::io::Write;
use std::path::PathBuf;

/// A folder of such files; where it is not, that is said, since the test then shows nothing.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("PLANGATE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    skipped(&format!("{} is no folder; set PLANGATE_SHARED", folder.display()));
    None
}

/// Says that a test shows nothing, on standard error itself: what a passing test prints is kept from view.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
