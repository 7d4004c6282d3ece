//! `plangate docs`: the generated pages of policies, and their index.

use std::path::PathBuf;

use clap::Args;

use super::{output, policies, talk};
use crate::author::{self, Standing};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate docs policies
  plangate docs --check policies

Exit codes:
  0  the pages are up to date, or were written
  1  some are not (--check), or a file of another hand stands in the place of one
  2  the policies cannot be loaded, or a page cannot be written";

/// What `plangate docs` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Docs {
    /// The folder of policies
    #[arg(value_name = "DIR", default_value = "policies")]
    folder: PathBuf,

    /// Say which pages are out of date, and write none
    #[arg(long)]
    check: bool,
}

/// Writes the page of each policy and the index, or says which are out of date.
///
/// # Errors
///
/// Where the policies cannot be loaded, or a page cannot be written.
pub(super) fn run(docs: &Docs) -> anyhow::Result<Exit> {
    let pack = policies::of_folder(&docs.folder)?;
    let mut written = 0;
    let mut wrong = 0;
    let pages = author::generated(&pack, &docs.folder);
    for page in &pages {
        let path = page.path.display();
        let standing = page.standing();
        match standing {
            Standing::Current => continue,
            Standing::Stale | Standing::Missing if !docs.check => {
                output::save(&page.path, page.text.as_bytes())?;
                talk::note(&format!("wrote {path}"));
                written += 1;
                continue;
            }
            _ => {}
        }
        talk::error(&format!("{path}: {}", standing.problem(&docs.folder)));
        wrong += 1;
    }
    let number = text::count(pages.len(), "page", "pages");
    let what = match docs.check {
        true => format!("{wrong} to mend"),
        false => format!("{written} written"),
    };
    output::print(format!("{number}, {what}\n").as_bytes())?;
    Ok(if wrong == 0 { Exit::Passed } else { Exit::Failed })
}
