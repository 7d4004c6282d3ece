//! `plangate lint`: what the folders of policies lack.

use std::path::PathBuf;

use clap::Args;

use super::{output, policies, talk};
use crate::author::{self, Standing};
use crate::report::{Exit, text};

/// What `plangate lint` is given.
#[derive(Args, Clone, Debug)]
pub(super) struct Lint {
    /// The folder of policies
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Says what each policy's folder lacks and which generated page is out of date.
///
/// # Errors
///
/// Where the policies cannot be loaded.
pub(super) fn run(lint: &Lint) -> anyhow::Result<Exit> {
    let pack = policies::of_folder(&lint.folder)?;
    let mut problems: Vec<String> = pack
        .policies
        .iter()
        .flat_map(|policy| author::lint(policy, &author::folder_of(&lint.folder, policy)))
        .collect();
    for page in author::generated(&pack, &lint.folder) {
        match page.standing() {
            Standing::Current => {}
            standing => problems.push(format!("{}: {}", page.path.display(), standing.problem(&lint.folder))),
        }
    }
    for problem in &problems {
        talk::error(problem);
    }
    let policies = text::count(pack.policies.len(), "policy", "policies");
    let number = text::count(problems.len(), "problem", "problems");
    output::print(format!("{policies}, {number}\n").as_bytes())?;
    Ok(if problems.is_empty() {
        Exit::Passed
    } else {
        Exit::Failed
    })
}
