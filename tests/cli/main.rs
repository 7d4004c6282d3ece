//! The binary as its users run it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod check;
mod corpus;
mod gate;
mod help;
mod policies;
mod support;
