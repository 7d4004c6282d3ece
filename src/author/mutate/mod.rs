//! What a policy's fixtures and tests would not notice: the policy is changed in one place at a time, and judged again.
//!
//! A change that nothing notices is one that nobody would notice either if it were made by mistake: it stands for a
//! fixture or a test that is missing, or for a condition that does nothing.

mod change;
mod edit;
mod run;
mod tables;
mod tree;
mod walk;

pub use change::{Mutant, mutants};
pub use edit::Change;
pub use run::{Mutation, mutate};
