//! The authoring of policies: their fixtures, their pages, and what a policy's folder must hold.

mod cut;
mod expectation;
mod fixture;
mod generated;
mod lint;
mod mutate;
mod page;
mod scaffold;
mod schema;

pub use cut::{Cut, CutError, Wanted, cut};
pub use expectation::{Expected, of_address, of_folder};
pub use fixture::{CUT, FixtureReport, documents, judge_fixtures};
pub use generated::{Generated, Standing, folder_of, generated};
pub use lint::{Fault, LINTS, Lint, lint, lint_of, mended, misleading, unloaded};
pub use mutate::{Change, Mutant, Mutation, mutants, mutate};
pub use page::{index, page, standard_name, table};
pub use scaffold::{Scaffold, TO_FILL, no_subject};
pub use schema::{Mode, Schema};
