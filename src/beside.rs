//! Files for tests that are no part of the project: they lie in a folder beside it, or where PLANGATE_SHARED says.

use std::io::Write;
use std::path::{Path, PathBuf};

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

/// The files of JSON in a folder and below that are smaller than so many bytes, in their order.
pub(crate) fn json_below(folder: &Path, largest: u64) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries.flat_map(|entry| match (entry.path(), entry.metadata()) {
        (path, Ok(metadata)) if metadata.is_dir() => json_below(&path, largest),
        (path, Ok(metadata)) if path.extension().is_some_and(|end| end == "json") && metadata.len() < largest => {
            vec![path]
        }
        _ => Vec::new(),
    });
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    found
}

/// Says that a test shows nothing, on standard error itself: what a passing test prints is kept from view.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
