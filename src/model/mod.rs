//! The model of a plan.
mod value;
pub use value::{Map, Value};
