//! The authoring of policies: their fixtures, their pages, and what a policy's folder must hold.

mod expectation;
mod page;

pub use expectation::{Expected, of_address, of_folder};
pub use page::{index, page};
