//! The authoring of policies: their fixtures, their pages, and what a policy's folder must hold.

mod cut;
mod expectation;
mod fixture;
mod lint;
mod mutate;
mod page;

pub use cut::{Cut, CutError, Wanted, cut};
pub use expectation::{Expected, of_address, of_folder};
pub use fixture::{CUT, FixtureReport, judge_fixtures};
pub use lint::{Generated, Standing, folder_of, generated, lint};
pub use mutate::{Change, Mutant, Mutation, mutants, mutate};
pub use page::{index, page, standard_name, table};
