//! The binary as its users run it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod check;
mod help;
mod policies;
mod support;
