//! What the benches share.

#![allow(dead_code, reason = "each bench uses a part")]

mod blocks;
pub(crate) mod child;
pub(crate) mod generate;
mod random;
