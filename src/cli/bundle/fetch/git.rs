//! Folders of policies in git repositories, by the `git` on the path.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::Fetched;
use crate::pack::bundle::{canonical_tar, unpack};

/// The folder of a repository at a tag or commit, as a tar whose bytes depend on nothing but the files. `locked` is the
/// commit that the tag must lead to.
///
/// # Errors
///
/// Where git is not there, does not give it, or the tag leads to another commit.
pub(super) fn fetch(
    repository: &str,
    folder: &str,
    revision: &str,
    locked: Option<&str>,
    workplace: &Path,
) -> anyhow::Result<Fetched> {
    let fetched = get(repository, folder, revision, locked, workplace);
    // It may not be there; the first error is the one to tell.
    let _ = fs::remove_dir_all(workplace);
    fetched.with_context(|| format!("the bundle git+{repository}//{folder}?ref={revision} cannot be fetched"))
}

fn get(
    repository: &str,
    folder: &str,
    revision: &str,
    locked: Option<&str>,
    workplace: &Path,
) -> anyhow::Result<Fetched> {
    fs::create_dir_all(workplace).with_context(|| format!("{} cannot be made", workplace.display()))?;
    let git = |arguments: &[&str]| git(workplace, arguments);
    git(&["init", "--quiet", "--bare", "."])?;
    git(&[
        "fetch",
        "--quiet",
        "--depth",
        "1",
        "--no-tags",
        "--",
        repository,
        revision,
    ])?;
    let commit = String::from_utf8(git(&["rev-parse", "--verify", "FETCH_HEAD^{commit}"])?)?;
    let commit = commit.trim().to_owned();
    if let Some(locked) = locked.filter(|locked| *locked != commit) {
        bail!(
            "`{revision}` is the commit {commit} now, and {locked} is locked: find out who moved it, then `plangate bundle lock`"
        );
    }
    let tree = format!("{commit}:{folder}");
    let tar = git(&["archive", "--format=tar", &tree])
        .with_context(|| format!("there is no folder `{folder}` at {revision}"))?;
    ensure!(tar.len() <= super::most() * 2, "it is longer than a bundle may be");
    let mut files = unpack(&tar).map_err(|reason| anyhow::anyhow!("it {reason}"))?;
    files.retain(|name, _| {
        let last = name.rsplit('/').next().unwrap_or(name);
        last.ends_with(".rego") || last.starts_with("data.") || last == ".manifest" || last == ".signatures.json"
    });
    Ok(Fetched {
        bytes: canonical_tar(&files).map_err(anyhow::Error::msg)?,
        revision: Some(commit),
    })
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "protocol.ext.allow=never", "-c", "core.hooksPath="])
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .stdin(Stdio::null())
        .output()
        .context("git cannot be run: is it on the path?")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git {} fails: {}", arguments[0], said.trim());
    }
    Ok(output.stdout)
}
