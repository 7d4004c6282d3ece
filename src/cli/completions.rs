//! `plangate completions` and `plangate man`: what shells and `man` read, as the arguments say it.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, output};
use crate::report::Exit;

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  source <(plangate completions bash)
  plangate completions zsh > ~/.zfunc/_plangate
  plangate completions fish > ~/.config/fish/completions/plangate.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  plangate man ~/.local/share/man/man1 && man plangate-check";

/// What `plangate completions` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// What `plangate man` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = MAN_EXAMPLES)]
pub(super) struct Man {
    /// The folder to write the pages to; it is made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Prints the completions of a shell.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn run(completions: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Cli::command(), "plangate", &mut script);
    output::print(&script)?;
    Ok(Exit::Passed)
}

/// Writes a manual page for each command.
///
/// # Errors
///
/// Where the folder cannot be made, or a page cannot be written.
pub(super) fn man(man: &Man) -> anyhow::Result<Exit> {
    let folder = &man.folder;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .with_context(|| format!("the manual pages cannot be written to {}", folder.display()))?;
    Ok(Exit::Passed)
}
