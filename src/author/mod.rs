//! The authoring of policies: their fixtures, their pages, and what a policy's folder must hold.

mod expectation;
mod fixture;
mod lint;
mod mutate;
mod page;
mod scaffold;
mod schema;

pub use expectation::{Expected, of_address, of_folder};
pub use fixture::{FixtureReport, judge_fixtures};
pub use lint::{Generated, Standing, folder_of, generated, lint};
pub use mutate::{Change, Mutant, Mutation, mutants, mutate};
pub use page::{index, page, standard_name, table};
pub use scaffold::{Scaffold, TO_FILL, no_subject};
pub use schema::{Mode, Schema};
