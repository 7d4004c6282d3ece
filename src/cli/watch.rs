//! `plangate test --watch`: tests again what changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Context;

use super::talk;
use crate::report::Exit;

/// How often the folder is looked at. Looking works on every file system, also where no notice of changes is to be had.
const PAUSE: Duration = Duration::from_millis(200);

/// Folders deeper than this are a link that leads back.
const MAX_DEPTH: usize = 32;

/// What the tests of a policy may read.
const ENDS: [&str; 6] = ["rego", "json", "yaml", "yml", "tf", "tfvars"];

/// The changed files whose policies have not been tested since, and the policies and libraries that were not passed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) files: BTreeSet<PathBuf>,
    pub(super) failed: BTreeSet<String>,
}

/// Runs for what changed in a folder, first for everything, until the process is told to end; its exit code is then that
/// of the last run. `run` gives its exit and what failed.
///
/// # Errors
///
/// Where nobody can tell the process to end, or the folder cannot be read at first.
pub(super) fn run(
    folder: &Path,
    mut run: impl FnMut(Option<&Changed>) -> anyhow::Result<(Exit, BTreeSet<String>)>,
) -> anyhow::Result<Exit> {
    fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let last = Arc::new(AtomicU8::new(Exit::CannotDecide.code()));
    let code = last.clone();
    ctrlc::set_handler(move || std::process::exit(code.load(Ordering::SeqCst).into()))
        .context("ctrl-c cannot be waited for")?;
    let mut seen = files(folder);
    let mut changed: Option<Changed> = None;
    loop {
        let exit = match run(changed.as_ref()) {
            Ok((exit, failed)) => {
                changed = Some(Changed {
                    files: BTreeSet::new(),
                    failed,
                });
                exit
            }
            // A file may be half written: what changed is kept for the next run.
            Err(error) => {
                talk::error(&format!("{error:#}"));
                Exit::CannotDecide
            }
        };
        last.store(exit.code(), Ordering::SeqCst);
        talk::note(&format!("watching {}; ctrl-c ends", folder.display()));
        let files = next(folder, &mut seen);
        let shown: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        talk::note(&format!("changed: {}", shown.join(", ")));
        if let Some(changed) = &mut changed {
            changed.files.extend(files);
        }
    }
}

type Files = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Waits until files change, and then until they do not for a while; gives those that did, came or went.
fn next(folder: &Path, seen: &mut Files) -> BTreeSet<PathBuf> {
    loop {
        thread::sleep(PAUSE);
        let mut now = files(folder);
        if now == *seen {
            continue;
        }
        loop {
            thread::sleep(PAUSE);
            let later = files(folder);
            if later == now {
                break;
            }
            now = later;
        }
        let differs = |one: &Files, other: &Files| -> Vec<PathBuf> {
            let files = one.iter().filter(|(path, stamp)| other.get(*path) != Some(stamp));
            files.map(|(path, _)| path.clone()).collect()
        };
        let changed: BTreeSet<PathBuf> = differs(&now, seen).into_iter().chain(differs(seen, &now)).collect();
        *seen = now;
        // An editor may have written what was there before.
        if !changed.is_empty() {
            return changed;
        }
    }
}

/// The files of a folder and of those below it that tests may read.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    walk(folder, 0, &mut found);
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // What goes while the folder is read is gone.
        let Ok(about) = fs::metadata(&path) else { continue };
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if about.is_dir() && !is_hidden && depth < MAX_DEPTH {
            walk(&path, depth + 1, found);
        } else if about.is_file()
            && !is_hidden
            && path
                .extension()
                .is_some_and(|end| ENDS.iter().any(|known| end == *known))
        {
            found.insert(path, (about.modified().ok(), about.len()));
        }
    }
}
