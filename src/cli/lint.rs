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

    /// Write the generated pages instead of saying which are out of date
    #[arg(long)]
    write: bool,
}

/// Says what each policy's folder lacks and which generated page is out of date, or writes the pages.
///
/// # Errors
///
/// Where the policies cannot be loaded, or a page cannot be written.
pub(super) fn run(lint: &Lint) -> anyhow::Result<Exit> {
    let pack = policies::of_folder(&lint.folder)?;
    let mut problems: Vec<String> = pack
        .policies
        .iter()
        .flat_map(|policy| author::lint(policy, &author::folder_of(&lint.folder, policy)))
        .collect();
    let mend = format!("run `plangate lint --write {}`", lint.folder.display());
    for page in author::generated(&pack, &lint.folder) {
        let path = page.path.display();
        match page.standing() {
            Standing::Current => {}
            Standing::Foreign => problems.push(format!("{path}: is not made by plangate: move it, or delete it")),
            Standing::Stale | Standing::Missing if lint.write => {
                output::save(&page.path, page.text.as_bytes())?;
                talk::note(&format!("wrote {path}"));
            }
            Standing::Stale => problems.push(format!("{path}: is out of date: {mend}")),
            Standing::Missing => problems.push(format!("{path}: is missing: {mend}")),
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
